package io.namespend.reporter.digest;

import io.namespend.reporter.prometheus.Series;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Costs by calendar day.
 *
 * @param byTeam days without figures are absent
 * @param until the end of the last hour that has any
 */
record Days(Map<String, NavigableMap<LocalDate, Double>> byTeam, Optional<Instant> until) {
  static Days of(List<Series> hours, Week week) {
    Map<String, NavigableMap<LocalDate, Double>> byTeam = new HashMap<>();
    Optional<Instant> until = Optional.empty();
    for (Series series : hours) {
      String label = series.label("team");
      NavigableMap<LocalDate, Double> days =
          byTeam.computeIfAbsent(label.isEmpty() ? Owners.NOBODY : label, team -> new TreeMap<>());
      for (Map.Entry<Instant, Double> hour : series.values().entrySet()) {
        Instant end = hour.getKey().minus(Week.WRITTEN_AFTER);
        LocalDate day = LocalDate.ofInstant(end.minus(Duration.ofHours(1)), week.zone());
        days.merge(day, hour.getValue(), Double::sum);
        until = until.filter(latest -> latest.isAfter(end)).or(() -> Optional.of(end));
      }
    }
    return new Days(byTeam, until);
  }

  NavigableMap<LocalDate, Double> of(Scope scope) {
    if (scope.team().isPresent()) {
      return byTeam.getOrDefault(scope.team().get(), new TreeMap<>());
    }
    NavigableMap<LocalDate, Double> all = new TreeMap<>();
    byTeam.values().forEach(days -> days.forEach((day, cost) -> all.merge(day, cost, Double::sum)));
    return all;
  }
}

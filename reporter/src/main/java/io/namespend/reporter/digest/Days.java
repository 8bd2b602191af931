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
 * Costs by day of the week; where it begins at noon, a day is from noon to noon.
 *
 * @param byTeam what of each day is in the week, and in the week before; days without figures are
 *     absent
 * @param until the end of the last hour that has any
 */
record Days(Map<String, NavigableMap<LocalDate, WeekOnWeek>> byTeam, Optional<Instant> until) {
  static Days of(List<Series> hours, Week week) {
    Map<String, NavigableMap<LocalDate, WeekOnWeek>> byTeam = new HashMap<>();
    Optional<Instant> until = Optional.empty();
    for (Series series : hours) {
      String label = series.label("team");
      NavigableMap<LocalDate, WeekOnWeek> days =
          byTeam.computeIfAbsent(label.isEmpty() ? Owners.NOBODY : label, team -> new TreeMap<>());
      for (Map.Entry<Instant, Double> hour : series.values().entrySet()) {
        Instant end = hour.getKey().minus(Week.WRITTEN_AFTER);
        Instant start = end.minus(Duration.ofHours(1));
        WeekOnWeek cost =
            start.isBefore(week.start())
                ? new WeekOnWeek(0, hour.getValue())
                : new WeekOnWeek(hour.getValue(), 0);
        days.merge(week.day(start), cost, WeekOnWeek::plus);
        until = until.filter(latest -> latest.isAfter(end)).or(() -> Optional.of(end));
      }
    }
    return new Days(byTeam, until);
  }

  NavigableMap<LocalDate, WeekOnWeek> of(Scope scope) {
    if (scope.team().isPresent()) {
      return byTeam.getOrDefault(scope.team().get(), new TreeMap<>());
    }
    NavigableMap<LocalDate, WeekOnWeek> all = new TreeMap<>();
    byTeam
        .values()
        .forEach(days -> days.forEach((day, cost) -> all.merge(day, cost, WeekOnWeek::plus)));
    return all;
  }
}

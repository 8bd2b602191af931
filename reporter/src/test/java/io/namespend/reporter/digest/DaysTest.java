package io.namespend.reporter.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.reporter.prometheus.Series;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DaysTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  /** A dollar an hour in the week before, two in this one. */
  @Test
  void daysOfAWeekFromNoonToNoonAreWhole() {
    Week week = new Week(NOON);
    NavigableMap<Instant, Double> hours = new TreeMap<>();
    IntStream.range(0, 14 * 24)
        .forEach(
            hour ->
                hours.put(
                    NOON.minus(Duration.ofHours(hour)).plus(Week.WRITTEN_AFTER),
                    hour < 7 * 24 ? 2.0 : 1.0));

    Days days = Days.of(List.of(new Series(Map.of("team", "pay"), hours)), week);

    NavigableMap<LocalDate, WeekOnWeek> pay = days.of(Scope.of("pay"));
    assertThat(pay)
        .hasSize(14)
        .containsEntry(LocalDate.of(2026, 11, 7), new WeekOnWeek(0, 24))
        .containsEntry(LocalDate.of(2026, 11, 13), new WeekOnWeek(0, 24))
        .containsEntry(LocalDate.of(2026, 11, 14), new WeekOnWeek(48, 0))
        .containsEntry(LocalDate.of(2026, 11, 20), new WeekOnWeek(48, 0));
    assertThat(pay.values().stream().reduce(WeekOnWeek::plus)).contains(new WeekOnWeek(336, 168));
    assertThat(days.until()).contains(NOON);
  }
}

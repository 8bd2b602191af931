package io.namespend.reporter.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WeekTest {
  @ParameterizedTest
  @CsvSource({
    // A Monday begins a new week at once, and no earlier.
    "2026-11-16T00:00:00Z, 2026-11-16T00:00:00Z",
    "2026-11-15T23:59:59Z, 2026-11-09T00:00:00Z",
    "2026-11-22T23:59:59Z, 2026-11-16T00:00:00Z",
    // Across the ends of years.
    "2027-01-01T12:00:00Z, 2026-12-28T00:00:00Z",
    "2027-01-04T06:00:00Z, 2027-01-04T00:00:00Z",
    "2024-01-01T00:00:00Z, 2024-01-01T00:00:00Z",
    "2023-01-01T23:00:00Z, 2022-12-26T00:00:00Z",
    // In a leap year.
    "2028-02-29T10:00:00Z, 2028-02-28T00:00:00Z",
  })
  void endsAtTheLastMonday(Instant now, Instant end) {
    assertThat(Week.lastCompleteBy(now).end()).isEqualTo(end);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-30T10:00:00Z, Europe/Berlin,    2026-03-29T22:00:00Z, 167, 167h",
    "2026-10-26T10:00:00Z, Europe/Berlin,    2026-10-25T23:00:00Z, 169, 169h",
    "2026-11-18T10:00:00Z, Europe/Berlin,    2026-11-15T23:00:00Z, 168, 7d",
    "2026-11-02T10:00:00Z, America/New_York, 2026-11-02T05:00:00Z, 169, 169h",
    // Midnight there is no full hour of UTC: 18:30.
    "2026-11-18T10:00:00Z, Asia/Kolkata,     2026-11-15T18:00:00Z, 168, 7d",
  })
  void hasTheHoursThatItsClocksGiveIt(
      Instant now, ZoneId zone, Instant end, long hours, String range) {
    Week week = Week.lastCompleteBy(now, zone);

    assertThat(week.end()).isEqualTo(end);
    assertThat(week.length()).isEqualTo(Duration.ofHours(hours));
    assertThat(week.range()).isEqualTo(range);
    assertThat(week.previous().end()).isEqualTo(week.start());
  }

  @Test
  void startsSevenDaysBefore() {
    Week week = new Week(Instant.parse("2027-01-04T00:00:00Z"));

    assertThat(week.start()).isEqualTo("2026-12-28T00:00:00Z");
    assertThat(week.previous()).isEqualTo(new Week(Instant.parse("2026-12-28T00:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource({
    "2027-02-01T00:00:00Z, 2027-01",
    "2027-02-01T01:00:00Z, 2027-02",
    "2027-01-01T00:00:00Z, 2026-12",
  })
  void belongsToTheMonthOfItsLastHour(Instant end, YearMonth month) {
    assertThat(new Week(end).month()).isEqualTo(month);
  }

  @Test
  void endsAtAFullHour() {
    assertThatThrownBy(() -> new Week(Instant.parse("2026-11-16T00:30:00Z")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a week ends at a full hour, not at 2026-11-16T00:30:00Z");
  }
}

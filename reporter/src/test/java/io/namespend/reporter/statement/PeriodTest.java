package io.namespend.reporter.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PeriodTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:03:00Z");

  @Test
  void aMonthEndsWithItsLastHourWhichMayBeWrittenLate() {
    Period month = Period.month("2026-10", NOW);

    assertThat(month.start()).isEqualTo("2026-10-01T00:00:00Z");
    assertThat(month.end()).isEqualTo("2026-11-01T00:00:00Z");
    assertThat(month.isOpen()).isFalse();
    assertThat(month.hours()).isEqualTo(744);
    assertThat(month.at()).isEqualTo("2026-11-01T00:05:00Z");
    assertThat(month.range()).isEqualTo("[2678400s]");
    assertThat(month.recorded()).isEqualTo(month);
  }

  @Test
  void aPeriodIsOpenUntilItsLastHourMustBeWritten() {
    assertThat(Period.day("2026-11-20", Instant.parse("2026-11-21T00:04:59Z")).until())
        .isEqualTo("2026-11-20T23:00:00Z");
    assertThat(Period.day("2026-11-20", Instant.parse("2026-11-21T00:05:00Z")).isOpen()).isFalse();
  }

  @Test
  void anOpenPeriodHasANameForWhatIsRecordedOfIt() {
    Period recorded = Period.month("2026-11", NOW).recorded();

    assertThat(recorded.name()).isEqualTo("2026-11-01T00_2026-11-21T11");
    assertThat(recorded.isOpen()).isFalse();
    assertThat(Period.named(recorded.name(), NOW)).isEqualTo(recorded);
  }

  @Test
  void weeksAreThoseOfIso8601() {
    assertThat(Period.week("2026-W43", NOW).start()).isEqualTo("2026-10-19T00:00:00Z");
    assertThat(Period.week("2020-W53", NOW).end()).isEqualTo("2021-01-04T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({"2026-10", "2026-W43", "2026-10-31"})
  void aNameLeadsBackToItsPeriod(String name) {
    assertThat(Period.named(name, NOW).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "2026-13     | \"2026-13\" is not a month; use one such as 2026-10",
        "2026-W54    | \"2026-W54\" is not a week; use one such as 2026-W43",
        "2025-W53    | \"2025-W53\" is not a week; use one such as 2026-W43",
        "2026-02-30  | \"2026-02-30\" is not a day; use one such as 2026-10-31",
        "2026-12     | nothing of 2026-12 is recorded yet: hours are recorded up to"
            + " 2026-11-21T11:00:00Z",
        "a_b         | \"a_b\" is not a period; use one such as 2026-10-01T00_2026-10-08T12",
        "2026-11-20T00_2026-11-21T12 | hours are recorded up to 2026-11-21T11:00:00Z, but"
            + " 2026-11-21T12:00:00Z is asked for; end there",
      })
  void saysWhatToTakeInstead(String name, String message) {
    assertThatThrownBy(() -> Period.named(name, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesPartsOfHours() {
    assertThatThrownBy(
            () ->
                Period.between(
                    Instant.parse("2026-11-20T00:30:00Z"),
                    Instant.parse("2026-11-20T02:00:00Z"),
                    NOW))
        .hasMessage(
            "2026-11-20T00:30:00Z is not a full hour, but costs are recorded by the hour; use"
                + " 2026-11-20T00:00:00Z");
  }

  /** FOCUS calls it the billing period, which holds the charges: a day of its own is none. */
  @ParameterizedTest
  @CsvSource({
    "2026-10, 2026-10-01T00:00:00Z, 2026-11-01T00:00:00Z",
    "2026-10-31, 2026-10-01T00:00:00Z, 2026-11-01T00:00:00Z",
    "2026-W40, 2026-09-01T00:00:00Z, 2026-11-01T00:00:00Z",
    "2026-W43, 2026-10-01T00:00:00Z, 2026-11-01T00:00:00Z",
    "2026-11, 2026-11-01T00:00:00Z, 2026-12-01T00:00:00Z",
  })
  void belongsToTheMonthsThatAreBilled(String name, String start, String end) {
    Period period = Period.named(name, NOW);

    assertThat(period.monthsStart()).isEqualTo(start);
    assertThat(period.monthsEnd()).isEqualTo(end);
  }
}

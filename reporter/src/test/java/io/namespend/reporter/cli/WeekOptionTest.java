package io.namespend.reporter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WeekOptionTest {
  private static final Instant NOW = Instant.parse("2027-01-01T09:41:30.5Z");

  @Test
  void defaultsToTheLastMonday() {
    assertThat(WeekOption.week(Optional.empty(), NOW, java.time.ZoneOffset.UTC).end())
        .isEqualTo("2026-12-28T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "now,                       2027-01-01T09:00:00Z",
    "2026-11-16,                2026-11-16T00:00:00Z",
    "2027-01-01,                2027-01-01T00:00:00Z",
    "2026-11-16T06:00:00Z,      2026-11-16T06:00:00Z",
    "2026-11-16T06:00:00+02:00, 2026-11-16T04:00:00Z",
    "2027-01-01T09:00:00Z,      2027-01-01T09:00:00Z",
  })
  void takesNowADateOrAnInstant(String until, Instant end) {
    assertThat(WeekOption.week(Optional.of(until), NOW, java.time.ZoneOffset.UTC).end())
        .isEqualTo(end);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-16T06:30:00Z | \"2026-11-16T06:30:00Z\" is not a full hour, but costs are recorded"
            + " by the hour; use 2026-11-16T06:00:00Z",
        "2027-01-02 | \"2027-01-02\" is in the future, it is 2027-01-01T09:41:30Z; use \"now\"",
        "2027-01-01T10:00:00Z | \"2027-01-01T10:00:00Z\" is in the future, it is"
            + " 2027-01-01T09:41:30Z; use \"now\"",
        "yesterday | \"yesterday\" is not a time; use \"now\", a date such as 2026-11-16, or an"
            + " instant such as 2026-11-16T06:00:00Z",
        "2026-02-30 | \"2026-02-30\" is not a time; use \"now\", a date such as 2026-11-16, or an"
            + " instant such as 2026-11-16T06:00:00Z",
        "2026-11-16T06:00 | \"2026-11-16T06:00\" is not a time; use \"now\", a date such as"
            + " 2026-11-16, or an instant such as 2026-11-16T06:00:00Z",
      },
      quoteCharacter = '~')
  void saysWhatToTakeInstead(String until, String message) {
    assertThatThrownBy(() -> WeekOption.week(Optional.of(until), NOW, java.time.ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}

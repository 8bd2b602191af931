package io.namespend.ledger.bill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {
  @ParameterizedTest
  @CsvSource({
    "2026-10-01T00:00:00Z, 2026-10-01T01:00:00Z, 1",
    "2026-10-01T05:00:00Z, 2026-10-01T05:20:00Z, 1",
    "2026-10-01T05:50:00Z, 2026-10-01T06:10:00Z, 2",
    "2026-10-01T23:00:00Z, 2026-10-02T00:00:00Z, 1",
    "2026-10-01T00:00:00Z, 2026-10-02T00:00:00Z, 24",
    "2026-10-01T05:00:00Z, 2026-10-01T05:00:00Z, 1",
  })
  void marksTheHoursItTouches(Instant from, Instant until, int hours) {
    Span span = Span.of(from, until, Amount.ZERO);

    assertThat(Integer.bitCount(span.clock())).isEqualTo(hours);
    assertThat(span.day()).isEqualTo(LocalDate.of(2026, 10, 1));
    assertThat(span.used()).isEqualTo(Amount.ZERO);
  }

  @ParameterizedTest
  @CsvSource({"0, 744", "20.5, 20.5"})
  void aMonthStatesItsHours(String used, String hours) {
    Span span =
        Span.of(
            Instant.parse("2026-10-01T00:00:00Z"),
            Instant.parse("2026-11-01T00:00:00Z"),
            Amount.parse(used));

    assertThat(span.clock()).isZero();
    assertThat(span.used()).hasToString(hours);
  }
}

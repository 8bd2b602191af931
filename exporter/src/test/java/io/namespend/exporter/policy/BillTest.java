package io.namespend.exporter.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillTest {
  /** Of two years of bills. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-01T00:00:00Z, 2026-09, 2026-10",
    "2026-11-30T23:59:59Z, 2026-09, 2026-10",
    "2026-12-31T23:59:59Z, 2026-10, 2026-11",
    "2027-01-01T00:00:00Z, 2026-11, 2026-12",
    "2027-02-28T12:00:00Z, 2026-12, 2027-01",
  })
  void thoseOfTheLastTwoMonthsThatAreOverAreCompared(Instant now, YearMonth first, YearMonth last) {
    assertThat(
            IntStream.range(0, 24)
                .mapToObj(months -> new Bill(YearMonth.of(2025, 9).plusMonths(months), 1))
                .filter(bill -> bill.isComparedAt(now))
                .map(Bill::month))
        .isEqualTo(List.of(first, last));
  }
}

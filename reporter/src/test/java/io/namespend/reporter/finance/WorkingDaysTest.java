package io.namespend.reporter.finance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkingDaysTest {
  @ParameterizedTest
  @CsvSource({
    // 1 November 2026 is a Sunday, 1 August a Saturday, 1 January a Friday.
    "2026-11, 3, 2026-11-04,",
    "2026-11, 3, 2026-11-05, 2026-11-02",
    "2026-08, 1, 2026-08-03,",
    "2027-01, 3, 2027-01-05,",
    "2027-01, 3, 2027-01-06, 2027-01-01",
    "2026-11, 10, 2026-11-13,",
  })
  void countsFromTheFirstOfTheMonth(YearMonth month, int number, LocalDate day, LocalDate holiday) {
    assertThat(new WorkingDays(holiday == null ? Set.of() : Set.of(holiday)).nth(month, number))
        .isEqualTo(day);
  }
}

package io.namespend.reporter.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FiguresTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1234.56   | $1,234.56     | 1,234.56 EUR",
        "0         | $0.00         | 0.00 EUR",
        "-0.001    | $0.00         | 0.00 EUR",
        "-12.345   | -$12.35       | -12.35 EUR",
        "1234567.8 | $1,234,567.80 | 1,234,567.80 EUR",
      })
  void formatsTheCurrency(double value, String dollars, String euros) {
    assertThat(new Figures("USD").amount(value)).isEqualTo(dollars);
    assertThat(new Figures("EUR").amount(value)).isEqualTo(euros);
  }

  @Test
  void doesNotTrustTheCurrency() {
    assertThat(new Figures("E\u001b[31m\nR").amount(1)).isEqualTo("1.00 E[31m R");
  }

  @ParameterizedTest
  @CsvSource({"0.1234, 12.3%", "-0.0001, 0.0%", "-0.5, -50.0%", "12.5, '1,250.0%'"})
  void formatsPercent(double ratio, String percent) {
    assertThat(Figures.percent(ratio)).isEqualTo(percent);
  }

  @ParameterizedTest
  @CsvSource({"1, 100.0%", "0.99999, 99.9%", "0.98999, 98.9%", "0.5, 50.0%", "2, 200.0%"})
  void roundsCoverageDown(double ratio, String percent) {
    assertThat(Figures.coverage(ratio)).isEqualTo(percent);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-16T00:00:00Z, November 2026 up to Mon 16 Nov 2026 00:00 UTC",
    "2027-02-01T00:00:00Z, all of January 2027",
    "2026-09-02T07:00:00Z, September 2026 up to Wed 2 Sep 2026 07:00 UTC",
  })
  void namesTheMonth(Instant end, String words) {
    assertThat(Figures.monthToDate(new Week(end))).isEqualTo(words);
  }
}

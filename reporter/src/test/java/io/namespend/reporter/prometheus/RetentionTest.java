package io.namespend.reporter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetentionTest {
  @ParameterizedTest
  @CsvSource({
    "15d, 15",
    "2w, 14",
    "4w3d, 31",
    "1y, 365",
    "10d or 20GiB, 10",
    "20GiB, ",
    "'', ",
    "soon, ",
  })
  void readsWhatPrometheusSays(String text, Long days) {
    assertThat(Retention.of(text)).isEqualTo(Optional.ofNullable(days).map(Duration::ofDays));
  }
}

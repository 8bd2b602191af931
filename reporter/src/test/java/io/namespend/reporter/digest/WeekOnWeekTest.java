package io.namespend.reporter.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WeekOnWeekTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // cost | before | shows as
        "110    | 100    | ▲ up +$10.00 (+10.0%)",
        "90     | 100    | ▼ down -$10.00 (-10.0%)",
        "100    | 100    | ▬ steady $0.00 (0.0%)",
        "100.49 | 100    | ▬ steady +$0.49 (+0.5%)",
        "100.51 | 100    | ▲ up +$0.51 (+0.5%)",
        "99.51  | 100    | ▬ steady -$0.49 (-0.5%)",
        "99.49  | 100    | ▼ down -$0.51 (-0.5%)",
        "300    | 100    | ▲ up +$200.00 (+200.0%)",
        "50     | 0      | new",
        "50     | 0.004  | new",
        "0      | 50     | gone",
        "0.004  | 50     | gone",
        "0      | 0      | ▬ steady $0.00 (0.0%)",
        "0.004  | 0.001  | ▬ steady $0.00 (0.0%)",
        // A credit that shrinks is dearer.
        "-50    | -100   | ▲ up +$50.00 (+50.0%)",
        "50000  | 0.01   | ▲ up +$49,999.99 (+499,999,900.0%)",
      })
  void changes(double cost, double before, String shown) {
    assertThat(ChangeWords.of(new WeekOnWeek(cost, before).change(), new Figures("USD")).line())
        .isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"NaN,0", "0,NaN", "Infinity,0", "0,-Infinity"})
  void isFinite(double cost, double before) {
    assertThatThrownBy(() -> new WeekOnWeek(cost, before))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void addsUp() {
    assertThat(new WeekOnWeek(1, 2).plus(new WeekOnWeek(10, 20)).minus(new WeekOnWeek(4, 5)))
        .isEqualTo(new WeekOnWeek(7, 17));
  }
}

package io.namespend.reporter.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class LargestRemainderTest {
  @Test
  void whatIsMissingGoesToThoseThatLostMost() {
    assertThat(round("1.00", 2, "0.333", "0.333", "0.334")).containsExactly("0.33", "0.33", "0.34");
    assertThat(round("0.01", 2, "0.004", "0.004")).containsExactly("0.01", "0.00");
    assertThat(round("10", 0, "3.6", "3.6", "2.8")).containsExactly("4", "3", "3");
  }

  @Test
  void nothingIsNothing() {
    assertThat(round("0.00", 2)).isEmpty();
  }

  @Test
  void aTotalThatIsNotTheSumIsSpreadEvenly() {
    assertThat(round("1.05", 2, "0.50", "0.50")).containsExactly("0.53", "0.52");
    assertThat(round("0.97", 2, "0.50", "0.50")).containsExactly("0.49", "0.48");
  }

  @RepeatedTest(50)
  void partsAddUpAndAreLessThanOneUnitOff(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<BigDecimal> parts =
        Stream.generate(() -> new BigDecimal(Math.pow(random.nextDouble(), 5) * 1000))
            .limit(1 + random.nextInt(300))
            .toList();
    BigDecimal total =
        parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add).setScale(2, RoundingMode.HALF_UP);

    List<BigDecimal> rounded = LargestRemainder.round(total, parts, 2);

    assertThat(rounded.stream().reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualTo(total);
    for (int i = 0; i < parts.size(); i++) {
      assertThat(rounded.get(i).subtract(parts.get(i)).abs()).isLessThan(new BigDecimal("0.01"));
    }
  }

  private static List<String> round(String total, int scale, String... parts) {
    return LargestRemainder.round(
            new BigDecimal(total), Stream.of(parts).map(BigDecimal::new).toList(), scale)
        .stream()
        .map(BigDecimal::toPlainString)
        .toList();
  }
}

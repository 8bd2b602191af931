package io.namespend.ledger.bill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "1.5, 1.5",
    "-1.5, -1.5",
    "-0.0000000001, -0.0000000001",
    "1.2E-7, 0.00000012",
    "3e2, 300",
    "33773.232522429145313, 33773.232522429145313",
    "-33773.232522429145313, -33773.232522429145313",
    "0.1234567890123456785, 0.123456789012345678",
    "1234567890.25, 1234567890.25",
    "+7, 7",
    ".5, 0.5",
    "5., 5",
    "1E-2000, 0",
    "' 4.25 ', 4.25",
  })
  void readsDecimalsExactly(String text, String value) {
    assertThat(Amount.parse(text)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "1,5",
        "1.2.3",
        "abc",
        "1E999999999",
        "1234567890123.25",
        "NaN",
        "0x10"
      })
  void refusesWhatIsNoAmount(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Amount.parse(text));
  }

  /** A double loses the last digits after some thousand lines. */
  @Test
  void sumsAreThoseOfDecimals() {
    Random random = new Random(7);
    BigDecimal decimals = BigDecimal.ZERO;
    Amount amounts = Amount.ZERO;
    long nanos = 0;
    long attos = 0;
    for (int i = 0; i < 20_000; i++) {
      BigDecimal value =
          new BigDecimal(random.nextGaussian() * Math.pow(10, random.nextInt(12) - 6))
              .setScale(random.nextInt(19), RoundingMode.HALF_EVEN);
      Amount amount = Amount.parse(value.toString());
      assertThat(amount.decimal()).isEqualByComparingTo(value);
      decimals = i % 3 == 0 ? decimals.subtract(value) : decimals.add(value);
      amounts = i % 3 == 0 ? amounts.minus(amount) : amounts.plus(amount);
      nanos += i % 3 == 0 ? -amount.nanos() : amount.nanos();
      attos += i % 3 == 0 ? -amount.attos() : amount.attos();
    }
    assertThat(amounts.decimal()).isEqualByComparingTo(decimals);
    assertThat(Amount.ofSums(nanos, attos)).isEqualTo(amounts);
    assertThat(amounts.signum()).isEqualTo(decimals.signum());
    assertThat(Amount.of(decimals)).isEqualByComparingTo(amounts);
  }
}

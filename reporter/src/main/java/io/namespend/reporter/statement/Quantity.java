package io.namespend.reporter.statement;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How much was charged.
 *
 * @param unit as FOCUS writes units: Core-Hours, GiB-Hours, GPU-Hours, Hours, or Shares (of a pool)
 * @param unitPrice amount before rounding over quantity, ten digits
 */
public record Quantity(BigDecimal value, String unit, BigDecimal unitPrice) {
  private static final int DECIMALS = 9;
  private static final MathContext PRICE = new MathContext(10, RoundingMode.HALF_UP);

  public Quantity {
    requireNonNull(value, "value");
    requireNonNull(unit, "unit");
    requireNonNull(unitPrice, "unitPrice");
  }

  /** Nothing can have no price, so a quantity of 0 becomes one lump. */
  static Quantity of(BigDecimal value, String unit, BigDecimal cost) {
    return value.signum() == 0
        ? new Quantity(BigDecimal.ONE, "Lumps", trimmed(cost.round(PRICE)))
        : new Quantity(
            trimmed(value.setScale(DECIMALS, RoundingMode.HALF_UP)),
            unit,
            trimmed(cost.divide(value, PRICE)));
  }

  private static BigDecimal trimmed(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}

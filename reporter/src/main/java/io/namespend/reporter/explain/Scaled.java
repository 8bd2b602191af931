package io.namespend.reporter.explain;

import io.namespend.reporter.statement.LargestRemainder;
import io.namespend.reporter.statement.Line;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A part of some lines, by what was recorded beside them.
 *
 * @param exact before rounding
 * @param amount rounded, so that all parts are the lines' amount
 */
record Scaled(BigDecimal exact, BigDecimal amount) {

  /**
   * Detail that adds up to the lines, before rounding and after.
   *
   * @param nothing the one part that there is where no detail was recorded
   */
  static <K extends Comparable<K>> Map<K, Scaled> to(
      List<Line> lines, Map<K, BigDecimal> recorded, K nothing) {
    BigDecimal exact = Explanation.sum(lines, Line::cost);
    BigDecimal amount = Explanation.sum(lines, Line::amount);
    Map<K, BigDecimal> known = new TreeMap<>(recorded);
    if (known.isEmpty()) {
      known.put(nothing, BigDecimal.ONE);
    }
    BigDecimal sum = Explanation.sum(known.values(), cost -> cost);
    List<K> parts = List.copyOf(known.keySet());
    List<BigDecimal> costs =
        known.values().stream()
            .map(cost -> cost.multiply(exact).divide(sum, MathContext.DECIMAL128))
            .toList();
    List<BigDecimal> amounts = LargestRemainder.round(amount, costs, amount.scale());
    Map<K, Scaled> scaled = new TreeMap<>();
    for (int i = 0; i < parts.size(); i++) {
      scaled.put(parts.get(i), new Scaled(costs.get(i), amounts.get(i)));
    }
    return scaled;
  }

  Scaled plus(Scaled other) {
    return new Scaled(exact.add(other.exact), amount.add(other.amount));
  }

  /** Exact cost over recorded detail: 1 where the detail says just what the lines say. */
  static BigDecimal factor(List<Line> lines, Collection<BigDecimal> recorded) {
    BigDecimal sum = Explanation.sum(recorded, cost -> cost);
    return sum.signum() == 0
        ? BigDecimal.ONE
        : Explanation.sum(lines, Line::cost).divide(sum, 6, RoundingMode.HALF_UP);
  }
}

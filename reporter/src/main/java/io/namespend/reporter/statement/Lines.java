package io.namespend.reporter.statement;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rounds charges, and says of each how it came about and where it is booked. */
final class Lines {
  private static final int SHARE_DECIMALS = 12;

  private final String period;
  private final String rules;
  private final Methods methods;
  private final GlAccounts accounts;

  /**
   * @param period name of what is recorded, for audit keys
   */
  Lines(String period, String rules, Methods methods, GlAccounts accounts) {
    this.period = requireNonNull(period, "period");
    this.rules = requireNonNull(rules, "rules");
    this.methods = requireNonNull(methods, "methods");
    this.accounts = requireNonNull(accounts, "accounts");
  }

  List<Line> of(List<Charge> charges, BigDecimal total, int scale) {
    List<BigDecimal> amounts =
        LargestRemainder.round(total, charges.stream().map(Charge::cost).toList(), scale);
    Map<LineKey, BigDecimal> shares = shares(charges);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < charges.size(); i++) {
      Charge charge = charges.get(i);
      LineKey key = charge.key();
      lines.add(
          new Line(
              key,
              charge.cost(),
              amounts.get(i),
              charge.quantity(),
              shares.getOrDefault(key, BigDecimal.ZERO),
              accounts.of(key).orElse(""),
              methods.of(key),
              new AuditKey(period, key, rules).text()));
    }
    return lines;
  }

  /** Shares of what a cluster charged for an item, which add up to exactly 1. */
  private static Map<LineKey, BigDecimal> shares(List<Charge> charges) {
    Map<LineKey, BigDecimal> shares = new HashMap<>();
    charges.stream()
        .collect(groupingBy(charge -> new Origin(charge.key().cluster(), charge.key().item())))
        .values()
        .forEach(
            group -> {
              BigDecimal sum =
                  group.stream().map(Charge::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
              List<BigDecimal> rounded =
                  LargestRemainder.round(
                      BigDecimal.ONE,
                      group.stream()
                          .map(charge -> charge.cost().divide(sum, MathContext.DECIMAL128))
                          .toList(),
                      SHARE_DECIMALS);
              for (int i = 0; i < group.size(); i++) {
                shares.put(group.get(i).key(), rounded.get(i));
              }
            });
    return shares;
  }

  private record Origin(String cluster, Item item) {}
}

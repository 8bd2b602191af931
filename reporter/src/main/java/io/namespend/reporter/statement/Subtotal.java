package io.namespend.reporter.statement;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What lines that follow each other have in common, and what they add up to.
 *
 * @param costCenter empty where there is none
 */
public record Subtotal(String costCenter, String team, List<Line> lines) {
  public Subtotal {
    requireNonNull(costCenter, "costCenter");
    requireNonNull(team, "team");
    lines = List.copyOf(lines);
  }

  /** By cost center and team, in the order of the lines. */
  public static List<Subtotal> byOwner(List<Line> lines) {
    Map<List<String>, List<Line>> groups = new LinkedHashMap<>();
    for (Line line : lines) {
      Owner owner = line.key().owner();
      groups
          .computeIfAbsent(List.of(owner.costCenter(), owner.team()), key -> new ArrayList<>())
          .add(line);
    }
    return groups.entrySet().stream()
        .map(group -> new Subtotal(group.getKey().get(0), group.getKey().get(1), group.getValue()))
        .toList();
  }

  public BigDecimal amount() {
    return sum(lines);
  }

  /** What was requested and used. */
  public BigDecimal direct() {
    return sum(lines.stream().filter(line -> !line.key().item().isPool()).toList());
  }

  /** Shares of pools, such as idle. */
  public BigDecimal pools() {
    return sum(lines.stream().filter(line -> line.key().item().isPool()).toList());
  }

  private BigDecimal sum(List<Line> some) {
    BigDecimal none = BigDecimal.ZERO.setScale(lines.isEmpty() ? 0 : lines.get(0).amount().scale());
    return some.stream().map(Line::amount).reduce(none, BigDecimal::add);
  }
}

package io.namespend.reporter.statement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a statement's reader should know before it is booked. */
final class StatementWarnings {
  private static final String TEAMS = "team:cost:sum1h";

  private StatementWarnings() {}

  static List<String> coverage(SortedMap<String, BigDecimal> coverage) {
    List<String> warnings = new ArrayList<>();
    coverage.forEach(
        (cluster, share) -> {
          if (share.compareTo(BigDecimal.ONE) < 0) {
            warnings.add(
                "%s%s %% of the period's minutes have figures; the others cost nothing here"
                    .formatted(
                        cluster.isEmpty() ? "" : cluster + ": ",
                        share.movePointRight(2).toPlainString()));
          }
        });
    return warnings;
  }

  /** Owners' lines are those of {@code team:cost:sum1h} if the rules record who bears what. */
  static List<String> owners(Hours hours, List<Charge> charges, String currency, int scale) {
    Map<ClusterOwner, BigDecimal> recorded =
        hours.sums(TEAMS, sample -> new ClusterOwner(sample.label("cluster"), Owner.of(sample)));
    if (recorded.isEmpty()) {
      return List.of();
    }
    Map<ClusterOwner, BigDecimal> differences = new TreeMap<>(recorded);
    for (Charge charge : charges) {
      differences.merge(
          new ClusterOwner(charge.key().cluster(), charge.key().owner()),
          charge.cost().negate(),
          BigDecimal::add);
    }
    BigDecimal worst =
        new TreeSet<>(differences.values().stream().map(BigDecimal::abs).toList()).last();
    return worst.compareTo(BigDecimal.ONE.movePointLeft(scale)) < 0
        ? List.of()
        : List.of(
            "an owner's lines differ from %s by up to %s %s: namespaces with several owners were"
                    .formatted(TEAMS, worst.setScale(scale, RoundingMode.HALF_UP), currency)
                + " divided by the direct cost of their workloads in the whole period, because"
                + " namespace_owner:cost:sum1h was not recorded");
  }

  static List<String> accounts(GlAccounts accounts, List<Line> lines, String currency) {
    List<Line> open = lines.stream().filter(line -> line.glAccount().isEmpty()).toList();
    return accounts.isEmpty() || open.isEmpty()
        ? List.of()
        : List.of(
            "%d lines with %s %s have no GL account; map their cost centers, or end the mapping with a line"
                    .formatted(
                        open.size(),
                        open.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add),
                        currency)
                + " for all that is left (\",,,9999\")");
  }

  private record ClusterOwner(String cluster, Owner owner) implements Comparable<ClusterOwner> {
    @Override
    public int compareTo(ClusterOwner other) {
      int order = cluster.compareTo(other.cluster);
      return order != 0 ? order : owner.compareTo(other.owner);
    }
  }
}

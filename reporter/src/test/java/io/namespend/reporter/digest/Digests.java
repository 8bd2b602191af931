package io.namespend.reporter.digest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Digests to render. */
final class Digests {
  static final Week WEEK = new Week(Instant.parse("2026-11-16T00:00:00Z"));
  static final Coverage FULL = new Coverage(1, 1);

  private Digests() {}

  /** Of a single cluster without a name. */
  static WeeklyDigest of(WeekOnWeek total, Coverage coverage, String... namespaces) {
    return new WeeklyDigest(
        WEEK,
        Currencies.only("USD"),
        List.of(new ClusterCost("", total.comparable(coverage.isComparable(0.9)), coverage)),
        namespaces(namespaces).stream()
            .map(
                row ->
                    new NamespaceCost(
                        row.cluster(),
                        row.namespace(),
                        row.cost().comparable(coverage.isComparable(0.9))))
            .toList(),
        new ClusterSums(Map.of("", 150.0)),
        new ClusterSums(Map.of("", 2345.67)),
        Month.UNKNOWN,
        List.of());
  }

  /**
   * Costs by namespace.
   *
   * @param lines of: cluster/namespace, cost, cost in the week before
   */
  static List<NamespaceCost> namespaces(String... lines) {
    return Stream.of(lines)
        .map(line -> line.split(" +", 3))
        .map(
            cells -> {
              String[] names = cells[0].split("/", 2);
              return new NamespaceCost(
                  names[0],
                  names[1],
                  new WeekOnWeek(Double.parseDouble(cells[1]), Double.parseDouble(cells[2])));
            })
        .toList();
  }
}

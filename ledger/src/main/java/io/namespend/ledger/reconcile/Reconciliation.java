package io.namespend.ledger.reconcile;

import static java.util.Objects.requireNonNull;

import io.namespend.ledger.bill.ChargeKind;
import io.namespend.ledger.bill.Component;
import io.namespend.ledger.bill.LineClass;
import io.namespend.ledger.reconcile.RecordedNodes.Node;
import io.namespend.ledger.reconcile.RecordedNodes.Recorded;
import io.namespend.ledger.store.BillStore;
import io.namespend.ledger.store.BillVersion;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Recorded cost of nodes beside what their machines were billed, by cluster, with what explains the
 * difference: hours, prices, nodes without a line, and lines without a node.
 */
public final class Reconciliation {
  private static final int MOST_SHOWN = 5;

  private final SortedMap<String, Cluster> clusters = new TreeMap<>();

  /** Effective cost of machines that no node was recorded of, the costliest first. */
  private final Map<String, BigDecimal> orphans = new LinkedHashMap<>();

  private BigDecimal others = BigDecimal.ZERO;

  /** A machine's lines. */
  private record Billed(String resource, BigDecimal hours, BigDecimal cost) {
    Billed plus(Billed other) {
      return new Billed(resource, hours.add(other.hours), cost.add(other.cost));
    }
  }

  /** A cluster's sums. */
  private static final class Cluster {
    private Recorded matched = new Recorded(BigDecimal.ZERO, BigDecimal.ZERO);
    private BigDecimal billedHours = BigDecimal.ZERO;
    private BigDecimal billed = BigDecimal.ZERO;

    /** Of hours that were billed and not recorded, or the reverse, at the recorded price. */
    private BigDecimal byHours = BigDecimal.ZERO;

    private final Map<String, BigDecimal> unbilled = new TreeMap<>();

    BigDecimal recorded() {
      return unbilled.values().stream().reduce(matched.cost(), BigDecimal::add);
    }
  }

  /**
   * @param versions of one month and currency
   */
  public Reconciliation(BillStore store, List<BillVersion> versions, Map<Node, Recorded> recorded) {
    Map<MachineId, Billed> billed = new HashMap<>();
    versions.forEach(version -> readBilled(store, version, billed));
    Map<MachineId, Map<String, Recorded>> nodes = new HashMap<>();
    recorded.forEach(
        (node, hours) -> {
          MachineId id = MachineId.ofProvider(node.providerId());
          Cluster cluster = clusters.computeIfAbsent(node.cluster(), first -> new Cluster());
          if (billed.containsKey(id)) {
            nodes
                .computeIfAbsent(id, first -> new TreeMap<>())
                .merge(node.cluster(), hours, Recorded::plus);
          } else {
            cluster.unbilled.merge(node.name(), hours.cost(), BigDecimal::add);
          }
        });
    nodes.forEach((id, byCluster) -> match(requireNonNull(billed.get(id)), byCluster));
    billed.entrySet().stream()
        .filter(entry -> !nodes.containsKey(entry.getKey()))
        .map(Map.Entry::getValue)
        .sorted(Comparator.comparing(Billed::cost).reversed().thenComparing(Billed::resource))
        .forEach(orphan -> orphans.put(orphan.resource(), orphan.cost()));
  }

  private void readBilled(BillStore store, BillVersion version, Map<MachineId, Billed> billed) {
    store.charges(
        version,
        "true",
        "rowid",
        row -> {
          BigDecimal cost = row.sums().costs().effective().decimal();
          boolean isMachine =
              row.charge().assignment().lineClass() == LineClass.RESOURCE
                  && row.charge().assignment().component() == Component.NODE;
          if (!isMachine) {
            others = others.add(cost);
            return;
          }
          boolean isUsage =
              row.charge().kind() == ChargeKind.USAGE
                  || row.charge().kind() == ChargeKind.COVERED_USAGE;
          boolean isMachineTime =
              isUsage && !row.charge().product().usageType().contains("EBSOptimized");
          billed.merge(
              MachineId.ofBill(row.charge().resource()),
              new Billed(
                  row.charge().resource(),
                  isMachineTime ? row.sums().used().decimal() : BigDecimal.ZERO,
                  cost),
              Billed::plus);
        });
  }

  /** A scale set of several clusters is divided by their hours. */
  private void match(Billed machine, Map<String, Recorded> byCluster) {
    BigDecimal hours =
        byCluster.values().stream().map(Recorded::hours).reduce(BigDecimal.ZERO, BigDecimal::add);
    byCluster.forEach(
        (name, recorded) -> {
          BigDecimal share = recorded.hours().divide(hours, MathContext.DECIMAL64);
          Cluster cluster = requireNonNull(clusters.get(name));
          BigDecimal billedHours = machine.hours().multiply(share, MathContext.DECIMAL64);
          cluster.matched = cluster.matched.plus(recorded);
          cluster.billed =
              cluster.billed.add(machine.cost().multiply(share, MathContext.DECIMAL64));
          if (machine.hours().signum() > 0) {
            cluster.billedHours = cluster.billedHours.add(billedHours);
            BigDecimal price = recorded.cost().divide(recorded.hours(), MathContext.DECIMAL64);
            cluster.byHours =
                cluster.byHours.add(
                    billedHours.subtract(recorded.hours()).multiply(price, MathContext.DECIMAL64));
          } else {
            cluster.billedHours = cluster.billedHours.add(recorded.hours());
          }
        });
  }

  /**
   * A cluster's nodes.
   *
   * @param recorded of nodes with a line
   * @param billed what their lines cost, amortized
   * @param unbilled recorded of nodes without a line
   */
  public record ClusterSums(BigDecimal recorded, BigDecimal billed, BigDecimal unbilled) {}

  public SortedMap<String, ClusterSums> byCluster() {
    SortedMap<String, ClusterSums> sums = new TreeMap<>();
    clusters.forEach(
        (name, cluster) ->
            sums.put(
                name,
                new ClusterSums(
                    cluster.matched.cost(),
                    cluster.billed,
                    cluster.recorded().subtract(cluster.matched.cost()))));
    return sums;
  }

  /** Billed for machines that no node was recorded of. */
  public BigDecimal withoutNode() {
    return orphans.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Recorded less billed over billed, of all nodes that have a line; 0 without any. */
  public double variance() {
    BigDecimal billed =
        clusters.values().stream().map(of -> of.billed).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal recorded =
        clusters.values().stream()
            .map(of -> of.matched.cost())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return billed.signum() == 0
        ? 0
        : recorded.subtract(billed).divide(billed, MathContext.DECIMAL64).doubleValue();
  }

  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add("%-44s %14s %14s %14s".formatted("", "recorded", "billed", "difference"));
    clusters.forEach(
        (name, cluster) -> {
          BigDecimal difference = cluster.billed.subtract(cluster.matched.cost());
          lines.add(
              "%-44s %,14.2f %,14.2f %,14.2f"
                  .formatted(
                      name.isEmpty() ? "nodes" : "nodes of " + name,
                      cluster.recorded(),
                      cluster.billed,
                      cluster.billed.subtract(cluster.recorded())));
          lines.add(
              "%-44s %14s %14s %,14.2f  %,.1f h billed, %,.1f h recorded"
                  .formatted(
                      "  hours",
                      "",
                      "",
                      cluster.byHours,
                      cluster.billedHours,
                      cluster.matched.hours()));
          lines.add(
              "%-44s %14s %14s %,14.2f"
                  .formatted("  price", "", "", difference.subtract(cluster.byHours)));
          if (!cluster.unbilled.isEmpty()) {
            lines.add(
                "%-44s %14s %14s %,14.2f  %s"
                    .formatted(
                        "  nodes without a line",
                        "",
                        "",
                        cluster.unbilled.values().stream()
                            .reduce(BigDecimal.ZERO, BigDecimal::add)
                            .negate(),
                        shown(List.copyOf(cluster.unbilled.keySet()))));
          }
        });
    if (!orphans.isEmpty()) {
      BigDecimal sum = withoutNode();
      lines.add(
          "%-44s %14s %,14.2f %,14.2f  %s"
              .formatted(
                  "machines that were no node",
                  "",
                  sum,
                  sum,
                  shown(List.copyOf(orphans.keySet()))));
    }
    lines.add("%-44s %14s %,14.2f".formatted("everything else", "", others));
    lines.add(
        "Recorded cost of nodes with a line is %.1f%% %s what they were billed"
            .formatted(Math.abs(100 * variance()), variance() < 0 ? "below" : "above"));
    return String.join("%n".formatted(), lines) + "%n".formatted();
  }

  private static String shown(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(MOST_SHOWN, names.size())));
    return names.size() > MOST_SHOWN
        ? "%s and %,d more".formatted(first, names.size() - MOST_SHOWN)
        : first;
  }
}

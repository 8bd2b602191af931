package io.namespend.exporter.exposition;

import io.namespend.exporter.price.BillCoverage;
import io.namespend.exporter.price.PriceBasis;
import io.namespend.exporter.price.PricedCluster;
import io.namespend.exporter.price.PricedNode;
import io.namespend.exporter.price.Quote;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Arrays;
import java.util.List;

/** How the lines of the bill and the cluster fit, in money on both sides. */
final class BillMetrics {
  private BillMetrics() {}

  static List<MetricSnapshot> of(PricedCluster cluster) {
    var lines =
        new GaugeFamily(
            "namespend_bill_lines",
            "[STABLE] Lines of the bill that price an object (matched), that fit none (unmatched),"
                + " and that fit several or one that others fit better (ambiguous).",
            "state");
    var hourly =
        new GaugeFamily(
            "namespend_bill_cost_hourly",
            "[STABLE] What the lines of the bill in each state cost for one hour.",
            "state");
    var unbilled =
        new GaugeFamily(
            "namespend_unbilled_cost_hourly",
            "[STABLE] Price for one hour of what the bill has no line for, from other sources.",
            "kind");
    cluster
        .bill()
        .ifPresent(
            bill -> {
              Arrays.stream(BillCoverage.State.values())
                  .forEach(
                      state -> {
                        lines.add(bill.lines().getOrDefault(state, 0), state.label());
                        hourly.add(bill.hourly().getOrDefault(state, 0.0), state.label());
                      });
              unbilled.add(nodes(cluster), "node");
              unbilled.add(volumes(cluster), "volume");
              unbilled.add(loadBalancers(cluster), "load_balancer");
            });
    return List.of(lines.snapshot(), hourly.snapshot(), unbilled.snapshot());
  }

  private static double nodes(PricedCluster cluster) {
    return cluster.nodes().stream()
        .filter(node -> isUnbilled(node.quote()))
        .mapToDouble(PricedNode::hourly)
        .sum();
  }

  private static double volumes(PricedCluster cluster) {
    return cluster.volumes().stream()
        .filter(volume -> isUnbilled(volume.perGibHour()))
        .mapToDouble(PricedCluster.PricedVolume::hourly)
        .sum();
  }

  private static double loadBalancers(PricedCluster cluster) {
    return cluster.loadBalancers().stream()
        .filter(balancer -> isUnbilled(balancer.quote()))
        .mapToDouble(PricedCluster.PricedLoadBalancer::hourly)
        .sum();
  }

  private static boolean isUnbilled(Quote quote) {
    return quote.basis() != PriceBasis.BILLED;
  }
}

package io.namespend.exporter.exposition;

import io.namespend.exporter.price.EstimateReason;
import io.namespend.exporter.price.PricedCluster;
import io.namespend.exporter.price.Quote;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.EnumMap;
import java.util.Map;

/** What of a cluster's cost rests on estimates, in money, each amount under one reason. */
final class EstimateMetrics {
  private EstimateMetrics() {}

  static MetricSnapshot of(PricedCluster cluster) {
    var family =
        new GaugeFamily(
            "namespend_estimated_cost",
            "[STABLE] Part of the cluster's cost for one hour that rests on estimated prices, by"
                + " the reason why they are estimates.",
            "kind",
            "reason");
    Sums nodes = new Sums();
    cluster.nodes().forEach(node -> nodes.add(node.quote(), node.hourly()));
    Sums volumes = new Sums();
    cluster.volumes().forEach(volume -> volumes.add(volume.perGibHour(), volume.hourly()));
    Sums balancers = new Sums();
    cluster.loadBalancers().forEach(balancer -> balancers.add(balancer.quote(), balancer.hourly()));
    Sums controlPlane = new Sums();
    cluster.controlPlane().ifPresent(quote -> controlPlane.add(quote, quote.amount()));
    nodes.addTo(family, "node");
    volumes.addTo(family, "volume");
    balancers.addTo(family, "load_balancer");
    controlPlane.addTo(family, "control_plane");
    return family.snapshot();
  }

  private static final class Sums {
    private final Map<EstimateReason, Double> amounts = new EnumMap<>(EstimateReason.class);

    void add(Quote quote, double hourly) {
      quote.doubt().ifPresent(doubt -> amounts.merge(doubt, hourly, Double::sum));
    }

    void addTo(GaugeFamily family, String kind) {
      amounts.forEach((reason, amount) -> family.add(amount, kind, reason.label()));
    }
  }
}

package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.price.NodePricer;
import io.namespend.exporter.price.PricedNode;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;

/** Turns a cluster, its prices and the policy into the metrics of the contract. */
public final class ClusterMetrics {
  private final NodePricer pricer;
  private final Policy policy;
  private final boolean podSeries;

  /**
   * @param podSeries whether to publish one series for each pod
   */
  public ClusterMetrics(NodePricer pricer, Policy policy, boolean podSeries) {
    this.pricer = pricer;
    this.policy = policy;
    this.podSeries = podSeries;
  }

  /** All series of one moment; the same input gives the same output. */
  public MetricSnapshots of(ClusterSnapshot cluster) {
    List<PricedNode> nodes = cluster.nodes().stream().map(pricer::price).toList();
    List<MetricSnapshot> families = new ArrayList<>(NodeMetrics.of(nodes));
    families.addAll(RequestMetrics.of(cluster, nodes, podSeries));
    families.addAll(PolicyMetrics.of(cluster, policy));
    return new MetricSnapshots(families);
  }
}

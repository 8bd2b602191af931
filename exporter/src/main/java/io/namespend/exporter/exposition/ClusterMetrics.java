package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.price.ClusterPricer;
import io.namespend.exporter.price.PricedCluster;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;

/** Turns a cluster, its prices and the policy into the metrics of the contract. */
public final class ClusterMetrics {
  private final ClusterPricer pricer;
  private final Policy policy;
  private final boolean podSeries;

  /**
   * @param podSeries whether to publish one series for each pod
   */
  public ClusterMetrics(ClusterPricer pricer, Policy policy, boolean podSeries) {
    this.pricer = pricer;
    this.policy = policy;
    this.podSeries = podSeries;
  }

  /** All series of one moment; the same input gives the same output. */
  public MetricSnapshots of(ClusterSnapshot cluster) {
    PricedCluster priced = pricer.price(cluster);
    List<MetricSnapshot> families = new ArrayList<>(NodeMetrics.of(priced.nodes()));
    families.addAll(StorageMetrics.of(priced.volumes()));
    families.addAll(NetworkMetrics.of(priced));
    families.addAll(RequestMetrics.of(cluster, priced.nodes(), podSeries));
    families.addAll(PolicyMetrics.of(cluster, policy));
    return new MetricSnapshots(families);
  }
}

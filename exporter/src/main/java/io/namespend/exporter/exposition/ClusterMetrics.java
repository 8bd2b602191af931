package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.policy.AnnotationLog;
import io.namespend.exporter.policy.AppliedPolicy;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.price.ClusterPricer;
import io.namespend.exporter.price.PricedCluster;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Turns a cluster, its prices and the policy into the metrics of the contract. */
public final class ClusterMetrics {
  private final ClusterPricer pricer;
  private final Supplier<Policy> policy;
  private final boolean podSeries;
  private final AnnotationLog annotations = new AnnotationLog();

  /**
   * @param policy the one in force; read once for all series of a moment
   * @param podSeries whether to publish one series for each pod
   */
  public ClusterMetrics(ClusterPricer pricer, Supplier<Policy> policy, boolean podSeries) {
    this.pricer = pricer;
    this.policy = policy;
    this.podSeries = podSeries;
  }

  /** All series of one moment; the same input gives the same output. */
  public MetricSnapshots of(ClusterSnapshot cluster, Instant now) {
    PricedCluster priced = pricer.price(cluster);
    AppliedPolicy applied = AppliedPolicy.of(policy.get(), cluster);
    annotations.log(applied.invalidAnnotations());
    List<MetricSnapshot> families = new ArrayList<>(NodeMetrics.of(priced.nodes()));
    families.addAll(StorageMetrics.of(priced.volumes()));
    families.addAll(NetworkMetrics.of(priced));
    families.addAll(RequestMetrics.of(cluster, priced.nodes(), podSeries));
    families.addAll(PolicyMetrics.of(applied));
    families.addAll(PoolMetrics.of(applied, now));
    families.addAll(OwnerMetrics.of(applied));
    return new MetricSnapshots(families);
  }
}

package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.Namespace;
import io.namespend.exporter.cluster.Pod;
import io.namespend.exporter.policy.AllocationWeights;
import io.namespend.exporter.policy.Owner;
import io.namespend.exporter.policy.Policy;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The policy as series, so that the rules need no numbers of their own. */
final class PolicyMetrics {
  /** What nobody owns directly, besides shared namespaces and services. */
  private static final List<String> POOLS =
      List.of("idle", "system", "unclaimed-storage", "control-plane");

  private PolicyMetrics() {}

  static List<MetricSnapshot> of(ClusterSnapshot cluster, Policy policy) {
    var weights =
        new GaugeFamily(
            "namespend_allocation_weight",
            "[STABLE] How much of a namespace's CPU and memory cost comes from each basis"
                + " (request, usage, max); sums to 1. From the policy.",
            "namespace",
            "basis");
    var info =
        new InfoFamily(
            "namespend_namespace",
            "[STABLE] Who owns the namespace, and whether it is a tenant or shared.",
            "namespace",
            "tenancy",
            "pool",
            "team",
            "cost_center",
            "environment",
            "product",
            "owner_source");
    var split =
        new InfoFamily(
            "namespend_pool_split",
            "[STABLE] How the pool is split over tenants: proportional, even, weighted, driver or"
                + " none. From the policy.",
            "pool",
            "split");
    var poolWeight =
        new GaugeFamily(
            "namespend_pool_weight",
            "[STABLE] Weight of a tenant in the pool's split: 1 for each that takes part, its share"
                + " where weights are configured. From the policy.",
            "pool",
            "namespace");
    POOLS.forEach(pool -> split.add(pool, "proportional"));
    var currency =
        new InfoFamily(
            "namespend_currency", "[STABLE] Currency of every price, ISO 4217.", "currency");
    currency.add(policy.currency());
    labelsOfNamespaces(cluster)
        .forEach(
            (namespace, labels) -> {
              AllocationWeights weight = policy.weights();
              weights.add(weight.request(), namespace, "request");
              weights.add(weight.usage(), namespace, "usage");
              weights.add(weight.max(), namespace, "max");
              POOLS.forEach(pool -> poolWeight.add(1, pool, namespace));
              Owner owner = policy.ownership().ofNamespace(labels);
              info.add(
                  namespace,
                  "tenant",
                  "",
                  owner.team(),
                  owner.costCenter(),
                  owner.environment(),
                  owner.product(),
                  owner.source());
            });
    return List.of(
        weights.snapshot(),
        split.snapshot(),
        poolWeight.snapshot(),
        info.snapshot(),
        currency.snapshot());
  }

  /** A namespace that only its pods tell of (a dump without namespaces) has no labels. */
  private static Map<String, Map<String, String>> labelsOfNamespaces(ClusterSnapshot cluster) {
    Map<String, Map<String, String>> labels = new TreeMap<>();
    for (Pod pod : cluster.pods()) {
      labels.put(pod.namespace(), Map.of());
    }
    for (Namespace namespace : cluster.namespaces()) {
      labels.put(namespace.name(), namespace.labels());
    }
    return labels;
  }
}

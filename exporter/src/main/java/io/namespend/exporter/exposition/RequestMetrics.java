package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.Pod;
import io.namespend.exporter.price.PricedNode;
import io.namespend.exporter.price.ResourceRates;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the requests of workloads and pods cost on the nodes they run on. Keeps the series of each
 * namespace whose pods, and the prices of whose nodes, are as they were, and of other namespaces
 * those of such pods.
 */
final class RequestMetrics {
  private final boolean podSeries;
  private Map<String, ResourceRates> rates = Map.of();
  private Map<String, NamespaceRequests> namespaces = Map.of();

  RequestMetrics(boolean podSeries) {
    this.podSeries = podSeries;
  }

  List<MetricSnapshot> of(ClusterSnapshot cluster, List<PricedNode> nodes) {
    Map<String, ResourceRates> ratesBefore = rates;
    rates = new HashMap<>();
    nodes.forEach(node -> rates.put(node.node().name(), node.rates()));
    Set<String> repriced = different(ratesBefore, rates);
    Map<String, NamespaceRequests> before = namespaces;
    namespaces = new TreeMap<>();
    podsByNamespace(cluster)
        .forEach(
            (namespace, pods) -> {
              NamespaceRequests known = before.getOrDefault(namespace, NamespaceRequests.NONE);
              namespaces.put(
                  namespace,
                  known.isOf(pods, repriced)
                      ? known.with(pods)
                      : NamespaceRequests.of(pods, rates, podSeries, known, repriced));
            });
    var unpriced =
        new GaugeFamily(
            "namespend_unpriced_resources",
            "[STABLE] Objects without a cost: pods whose node is not known.",
            "kind");
    unpriced.add(namespaces.values().stream().mapToInt(NamespaceRequests::unpriced).sum(), "pod");
    List<MetricSnapshot> all =
        new ArrayList<>(
            RequestSeries.metrics(
                namespaces.values().stream().map(NamespaceRequests::published).toList()));
    all.add(unpriced.snapshot());
    return all;
  }

  private static Map<String, List<Pod>> podsByNamespace(ClusterSnapshot cluster) {
    Map<String, List<Pod>> byNamespace = new TreeMap<>();
    String namespace = "";
    List<Pod> pods = new ArrayList<>();
    for (Pod pod : cluster.pods()) {
      // Those of a namespace mostly stand together.
      if (!pod.namespace().equals(namespace)) {
        namespace = pod.namespace();
        pods = byNamespace.computeIfAbsent(namespace, first -> new ArrayList<>());
      }
      pods.add(pod);
    }
    return byNamespace;
  }

  /** Keys that have another value in one than in the other, or are only in one. */
  private static <V> Set<String> different(Map<String, V> one, Map<String, V> other) {
    Set<String> keys = new HashSet<>(one.keySet());
    keys.addAll(other.keySet());
    keys.removeIf(key -> Objects.equals(one.get(key), other.get(key)));
    return keys;
  }
}

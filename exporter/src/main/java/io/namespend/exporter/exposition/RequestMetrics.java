package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.pod.Pod;
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
  private List<PricedNode> nodes = List.of();
  private Map<String, ResourceRates> rates = Map.of();
  private Map<String, NamespaceRequests> namespaces = Map.of();

  RequestMetrics(boolean podSeries) {
    this.podSeries = podSeries;
  }

  /**
   * @param pods whose requests count at most what their nodes have
   */
  List<MetricSnapshot> of(List<Pod> pods, List<PricedNode> priced) {
    Map<String, ResourceRates> current = priced.equals(nodes) ? rates : rates(priced);
    Set<String> repriced = current.equals(rates) ? Set.of() : different(rates, current);
    Map<String, NamespaceRequests> requests = new TreeMap<>();
    podsByNamespace(pods)
        .forEach(
            (namespace, own) -> {
              NamespaceRequests known = namespaces.getOrDefault(namespace, NamespaceRequests.NONE);
              requests.put(
                  namespace,
                  known.isOf(own, repriced)
                      ? known.with(own)
                      : NamespaceRequests.of(own, current, podSeries, known, repriced));
            });
    // All at the end: if something fails, all is still as it was.
    nodes = priced;
    rates = current;
    namespaces = requests;
    var unpriced =
        new GaugeFamily(
            "namespend_unpriced_resources",
            "[STABLE] Objects without a cost: pods whose node is not known.",
            "kind");
    unpriced.add(requests.values().stream().mapToInt(NamespaceRequests::unpriced).sum(), "pod");
    List<MetricSnapshot> all =
        new ArrayList<>(
            RequestSeries.metrics(
                requests.values().stream().map(NamespaceRequests::published).toList()));
    all.add(unpriced.snapshot());
    return all;
  }

  private static Map<String, ResourceRates> rates(List<PricedNode> nodes) {
    Map<String, ResourceRates> rates = new HashMap<>();
    nodes.forEach(node -> rates.put(node.node().name(), node.rates()));
    return rates;
  }

  /** Keys that have another value in one than in the other, or are only in one. */
  private static <V> Set<String> different(Map<String, V> one, Map<String, V> other) {
    Set<String> keys = new HashSet<>(one.keySet());
    keys.addAll(other.keySet());
    keys.removeIf(key -> Objects.equals(one.get(key), other.get(key)));
    return keys;
  }

  private static Map<String, List<Pod>> podsByNamespace(List<Pod> pods) {
    Map<String, List<Pod>> byNamespace = new TreeMap<>();
    int begin = 0;
    for (int i = 1; i <= pods.size(); i++) {
      String namespace = pods.get(begin).namespace();
      // Those of a namespace mostly stand together.
      if (i == pods.size() || !pods.get(i).namespace().equals(namespace)) {
        byNamespace.merge(namespace, pods.subList(begin, i), RequestMetrics::joined);
        begin = i;
      }
    }
    return byNamespace;
  }

  private static List<Pod> joined(List<Pod> some, List<Pod> others) {
    List<Pod> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }
}

package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterYaml;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is the same object as before is not written anew for a scrape. */
class UnchangedSeriesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  private static final String NODES =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1, labels: {node.kubernetes.io/instance-type: small}}
      status: {capacity: {cpu: 4, memory: 16Gi}}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: n2, labels: {node.kubernetes.io/instance-type: large}}
      status: {capacity: {cpu: 8, memory: 32Gi}}
      """;

  private final Map<String, Double> prices = new HashMap<>(Map.of("small", 0.2, "large", 0.4));
  private final ClusterMetrics metrics = Exposition.metrics(prices, true);

  @Test
  void staySo() {
    MetricSnapshots before =
        metrics.of(cluster(pod("shop", "a", "n1"), pod("bank", "b", "n2")), NOW);
    MetricSnapshots after =
        metrics.of(cluster(pod("shop", "a", "n1"), pod("bank", "b", "n2")), NOW);

    // The others are few in any cluster.
    assertThat(changed(before, after))
        .allMatch(
            name ->
                name.matches(
                    "kubecost_.*|namespend_(estimated_prices|unpriced_resources|minute_.*)"));
  }

  @Test
  void areThoseOfNamespacesWhosePodsAreTheSame() {
    MetricSnapshots before =
        metrics.of(cluster(pod("shop", "a", "n1"), pod("bank", "b", "n2")), NOW);
    MetricSnapshots after =
        metrics.of(
            cluster(pod("shop", "a", "n1"), pod("bank", "b", "n2"), pod("bank", "c", "n2")), NOW);

    assertThat(ofNamespace("shop", after)).containsAll(ofNamespace("shop", before)).isNotEmpty();
  }

  @Test
  void areThoseOfPodsThatAreTheSameAmongOthers() {
    MetricSnapshots before =
        metrics.of(
            cluster(pod("bank", "a", "n1"), pod("bank", "b", "n1"), pod("bank", "d", "n2")), NOW);
    ClusterSnapshot changed =
        cluster(
            pod("bank", "a", "n1"),
            pod("bank", "aa", "n1"),
            pod("bank", "b", "n2"),
            pod("bank", "d", "n2"));
    MetricSnapshots after = metrics.of(changed, NOW);

    assertThat(ofPod("a", after)).isNotEmpty().isEqualTo(ofPod("a", before));
    assertThat(ofPod("d", after)).isNotEmpty().isEqualTo(ofPod("d", before));
    assertThat(ofPod("b", after)).isNotEmpty().doesNotContainAnyElementsOf(ofPod("b", before));
    assertThat(Exposition.text(after))
        .isEqualTo(Exposition.text(Exposition.metrics(prices, true).of(changed, NOW)));
  }

  @Test
  void areNotThoseOnANodeWithAnotherPrice() {
    ClusterSnapshot cluster = cluster(pod("shop", "a", "n1"), pod("bank", "b", "n2"));
    MetricSnapshots before = metrics.of(cluster, NOW);
    prices.put("large", 0.8);
    metrics.reprice();
    MetricSnapshots after = metrics.of(cluster, NOW);

    assertThat(ofNamespace("shop", after)).containsAll(ofNamespace("shop", before)).isNotEmpty();
    assertThat(ofNamespace("bank", after)).doesNotContainAnyElementsOf(ofNamespace("bank", before));
    assertThat(Exposition.text(after))
        .isEqualTo(Exposition.text(Exposition.metrics(prices, true).of(cluster, NOW)));
  }

  private static Set<DataPointSnapshot> ofNamespace(String namespace, MetricSnapshots page) {
    return requests("namespace", namespace, page);
  }

  private static Set<DataPointSnapshot> ofPod(String pod, MetricSnapshots page) {
    return requests("pod", pod, page);
  }

  /** Series of requests with this label, as objects. */
  private static Set<DataPointSnapshot> requests(String label, String value, MetricSnapshots page) {
    Set<DataPointSnapshot> series = Collections.newSetFromMap(new IdentityHashMap<>());
    for (MetricSnapshot family : page) {
      if (family.getMetadata().getName().contains("_request")) {
        family.getDataPoints().stream()
            .filter(point -> value.equals(point.getLabels().get(label)))
            .forEach(series::add);
      }
    }
    return series;
  }

  /** Families of which any series is another object than before. */
  private static Set<String> changed(MetricSnapshots before, MetricSnapshots after) {
    Set<DataPointSnapshot> known = Collections.newSetFromMap(new IdentityHashMap<>());
    before.forEach(family -> known.addAll(family.getDataPoints()));
    Set<String> names = new TreeSet<>();
    for (MetricSnapshot family : after) {
      if (!known.containsAll(family.getDataPoints())) {
        names.add(family.getMetadata().getName());
      }
    }
    return names;
  }

  private static ClusterSnapshot cluster(String... pods) {
    return ClusterYaml.snapshot(NODES + "---\n" + String.join("---\n", pods));
  }

  private static String pod(String namespace, String name, String node) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {namespace: %s, name: %s}
    spec: {nodeName: %s, containers: [{name: c, resources: {requests: {cpu: 1}}}]}
    """
        .formatted(namespace, name, node);
  }
}

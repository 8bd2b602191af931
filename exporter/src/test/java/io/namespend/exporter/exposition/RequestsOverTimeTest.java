package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.cluster.pod.Workload;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Series are kept from scrape to scrape; what is published depends on the cluster alone. */
class RequestsOverTimeTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  private static final int NODES = 12;

  private final Random random = new Random(11);
  private final Map<String, Double> prices = new HashMap<>(Map.of("small", 0.2, "large", 0.4));

  /** By namespace and name. */
  private final TreeMap<String, Pod> pods = new TreeMap<>();

  /** Of which one is sometimes not known. */
  private int nodes = NODES;

  /** Of a size that what is requested on them is too much at times. */
  private List<Node> allNodes = nodes(8);

  @Test
  void areWhatTheyWouldBeWithoutAPast() {
    for (boolean podSeries : List.of(true, false)) {
      ClusterMetrics metrics = Exposition.metrics(prices, podSeries);
      for (int i = 0; i < 250; i++) {
        addPod();
      }
      for (int step = 0; step < 60; step++) {
        change(metrics);
        ClusterSnapshot cluster = cluster();
        assertThat(text(metrics.of(cluster, NOW)))
            .as("step %d", step)
            .isEqualTo(text(Exposition.metrics(prices, podSeries).of(cluster, NOW)));
      }
    }
  }

  @Test
  void mostMetricsStayWhenAPodGoes() {
    allNodes = nodes(800);
    ClusterMetrics metrics = Exposition.metrics(prices, true);
    for (int i = 0; i < 2_000; i++) {
      addPod();
    }
    Set<MetricSnapshot> before = Collections.newSetFromMap(new IdentityHashMap<>());
    metrics.of(cluster(), NOW).forEach(before::add);

    pods.pollFirstEntry();
    List<MetricSnapshot> anew =
        metrics.of(cluster(), NOW).stream()
            .filter(metric -> metric.getMetadata().getName().contains("request"))
            .filter(metric -> !before.contains(metric))
            .toList();

    assertThat(before).hasSizeGreaterThan(100);
    // Its run of pods, that of its GPUs if it has any, two of its workload and two of its node; and
    // runs that it began or ended.
    assertThat(anew).hasSizeBetween(5, 10);
  }

  private void change(ClusterMetrics metrics) {
    for (int i = random.nextInt(4); i > 0; i--) {
      addPod();
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      pods.remove(anyPod());
    }
    if (random.nextInt(3) == 0) {
      pods.computeIfPresent(anyPod(), (key, pod) -> on(anyNode(), pod));
    }
    // The same, as another object.
    pods.computeIfPresent(anyPod(), (key, pod) -> on(pod.node(), pod));
    if (random.nextInt(10) == 0) {
      prices.put("small", random.nextDouble());
      metrics.reprice();
    }
    nodes = random.nextInt(5) == 0 ? NODES - 1 : NODES;
    if (random.nextInt(20) == 0) {
      pods.keySet().removeIf(key -> key.startsWith("shop/"));
    }
  }

  private void addPod() {
    String namespace = List.of("bank", "shop", "tiny").get(random.nextInt(20) / 9);
    Workload workload = new Workload(namespace, "deployment", "w" + random.nextInt(40));
    String name = workload.name() + "-" + random.nextInt(100_000);
    int gpus = random.nextInt(8) == 0 ? 1 : 0;
    Resources request = Resources.ofGib(random.nextInt(8) / 7.0, 1, gpus);
    pods.put(
        namespace + "/" + name,
        new Pod(namespace, name, anyNode(), workload, request, random.nextInt(9)));
  }

  private static Pod on(String node, Pod pod) {
    return new Pod(pod.namespace(), pod.name(), node, pod.workload(), pod.request(), pod.since());
  }

  private String anyPod() {
    List<String> keys = new ArrayList<>(pods.keySet());
    return keys.isEmpty() ? "" : keys.get(random.nextInt(keys.size()));
  }

  private String anyNode() {
    return "n" + random.nextInt(NODES);
  }

  private ClusterSnapshot cluster() {
    return new ClusterSnapshot(allNodes.subList(0, nodes), List.of(), List.copyOf(pods.values()));
  }

  private static List<Node> nodes(int cores) {
    return ClusterYaml.snapshot(
            IntStream.range(0, NODES)
                .mapToObj(number -> node(number, cores))
                .collect(Collectors.joining("---\n")))
        .nodes();
  }

  private static String node(int number, int cores) {
    return """
    apiVersion: v1
    kind: Node
    metadata: {name: n%d, labels: {node.kubernetes.io/instance-type: %s}}
    status: {capacity: {cpu: %3$d, memory: %3$d0Gi, nvidia.com/gpu: %3$d}}
    """
        .formatted(number, number % 2 == 0 ? "small" : "large", cores);
  }

  /** All series of each metric in their order. */
  private static String text(MetricSnapshots metrics) {
    StringBuilder text = new StringBuilder();
    for (MetricSnapshot metric : metrics) {
      text.append(metric.getMetadata().getName()).append('\n');
      for (var point : metric.getDataPoints()) {
        text.append(point.getLabels());
        if (point instanceof GaugeDataPointSnapshot gauge) {
          text.append(' ').append(gauge.getValue());
        }
        text.append('\n');
      }
    }
    return text.toString();
  }
}

package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.cluster.pod.Workload;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What must hold in every cluster, tried on random ones; a failure names the seed. */
class MoneyIdentitiesTest {
  private static final double RELATIVE = 1e-12;
  private static final String POD = "namespend_pod_request_hourly_cost";
  private static final String WORKLOAD = "namespend_workload_request_hourly_cost";
  private static final Map<String, Double> PRICES =
      Map.of("cheap", 0.0041, "dear", 98.32, "given", 0.0, "gpu", 4.1);

  /** Values of gauges by their labels, by the name of the family. */
  private record Series(Map<String, Map<Labels, Double>> byName) {
    /** Empty only in a cluster without pods that have a price. */
    Map<Labels, Double> of(String name) {
      return byName.getOrDefault(name, Map.of());
    }
  }

  @Test
  void partsSumToTheWholeAndOrderDoesNotMatter() {
    for (int seed = 0; seed < 500; seed++) {
      try {
        check(new Random(seed));
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void check(Random random) {
    ClusterSnapshot cluster = randomCluster(random);
    Series series = series(metrics(cluster));

    assertThat(series.byName.containsKey(POD)).isEqualTo(hasPricedPod(cluster));
    assertThat(series.byName.containsKey(WORKLOAD)).isEqualTo(hasPricedPod(cluster));
    assertNothingIsNegative(series);
    assertRatesTimesCapacityIsTheTotalOfEachNode(cluster, series);
    assertWorkloadsCostWhatTheirPodsCost(series);
    assertPodsCostNoMoreThanNodesWhereRequestsFit(cluster, series);
    assertSame(series, series(metrics(shuffled(cluster, random))));
  }

  private static boolean hasPricedPod(ClusterSnapshot cluster) {
    List<String> nodes = cluster.nodes().stream().map(Node::name).toList();
    return cluster.pods().stream().anyMatch(pod -> nodes.contains(pod.node()));
  }

  private static void assertNothingIsNegative(Series series) {
    series.byName.forEach(
        (name, values) ->
            assertThat(values.values())
                .as(name)
                .allSatisfy(value -> assertThat(value).isNotNegative().isFinite()));
  }

  private static void assertRatesTimesCapacityIsTheTotalOfEachNode(
      ClusterSnapshot cluster, Series series) {
    for (Node node : cluster.nodes()) {
      double rated =
          value(series, "node_cpu_hourly_cost", node)
                  * value(series, "namespend_node_capacity", node, "cpu")
              + value(series, "node_ram_hourly_cost", node)
                  * value(series, "namespend_node_capacity", node, "memory")
                  / (1L << 30)
              + value(series, "node_gpu_hourly_cost", node) * value(series, "node_gpu_count", node);
      assertThat(rated)
          .as("%s", node)
          .isCloseTo(value(series, "node_total_hourly_cost", node), near(rated));
    }
  }

  private static void assertWorkloadsCostWhatTheirPodsCost(Series series) {
    Map<String, Double> ofPods = sums(series.of(POD));
    Map<String, Double> ofWorkloads = sums(series.of(WORKLOAD));
    assertThat(ofWorkloads).containsOnlyKeys(ofPods.keySet());
    ofPods.forEach(
        (workload, cost) ->
            assertThat(ofWorkloads.get(workload)).as(workload).isCloseTo(cost, near(cost)));
  }

  private static void assertPodsCostNoMoreThanNodesWhereRequestsFit(
      ClusterSnapshot cluster, Series series) {
    Map<String, Double> onNode = new HashMap<>();
    series
        .of(POD)
        .forEach((labels, cost) -> onNode.merge(label(labels, "node"), cost, Double::sum));
    for (Node node : cluster.nodes()) {
      Resources asked =
          cluster.pods().stream()
              .filter(pod -> pod.node().equals(node.name()))
              .map(Pod::request)
              .reduce(Resources.NONE, Resources::plus);
      if (asked.max(node.capacity()).equals(node.capacity())) {
        double total = value(series, "node_total_hourly_cost", node);
        assertThat(onNode.getOrDefault(node.name(), 0.0))
            .as("%s", node)
            .isLessThanOrEqualTo(total * (1 + RELATIVE));
      }
    }
  }

  private static void assertSame(Series series, Series other) {
    assertThat(other.byName).containsOnlyKeys(series.byName.keySet());
    series.byName.forEach(
        (name, values) -> {
          assertThat(other.of(name)).as(name).containsOnlyKeys(values.keySet());
          values.forEach(
              (labels, value) ->
                  assertThat(other.of(name).get(labels))
                      .as("%s %s", name, labels)
                      .isCloseTo(value, near(value)));
        });
  }

  private static ClusterSnapshot randomCluster(Random random) {
    List<Node> nodes = new ArrayList<>();
    for (int i = random.nextInt(8); i >= 0; i--) {
      nodes.add(randomNode("n" + i, random));
    }
    List<Pod> pods = new ArrayList<>();
    for (int i = random.nextInt(60); i > 0; i--) {
      // One node more than there is: some pods are on a node that is not known.
      String node = "n" + random.nextInt(nodes.size() + 1);
      Workload workload =
          new Workload("ns" + random.nextInt(4), "deployment", "w" + random.nextInt(5));
      pods.add(new Pod(workload.namespace(), "p" + i, node, workload, randomRequest(random), 0));
    }
    return new ClusterSnapshot(nodes, List.of(), pods);
  }

  private static Node randomNode(String name, Random random) {
    String type = List.of("cheap", "dear", "given", "gpu", "unknown", "").get(random.nextInt(6));
    Resources capacity =
        random.nextInt(8) == 0
            ? Resources.NONE
            : new Resources(
                1 + random.nextInt(192),
                1 + random.nextInt(Integer.MAX_VALUE) * 700.0,
                Math.max(0, random.nextInt(12) - 4));
    CapacityType bought = List.of(CapacityType.values()).get(random.nextInt(3));
    String provider = List.of("aws:///a", "azure:///b", "gce://c", "").get(random.nextInt(4));
    return Node.named(name)
        .instanceType(type)
        .region("r")
        .zone("z")
        .arch("amd64")
        .providerId(provider)
        .capacityType(bought)
        .capacity(capacity)
        .allocatable(capacity)
        .build();
  }

  private static Resources randomRequest(Random random) {
    return random.nextInt(10) == 0
        ? Resources.NONE
        : new Resources(
            random.nextInt(4000) / 1000.0,
            random.nextInt(Integer.MAX_VALUE) * 4.0,
            Math.max(0, random.nextInt(6) - 4));
  }

  private static ClusterSnapshot shuffled(ClusterSnapshot cluster, Random random) {
    List<Node> nodes = new ArrayList<>(cluster.nodes());
    List<Pod> pods = new ArrayList<>(cluster.pods());
    Collections.shuffle(nodes, random);
    Collections.shuffle(pods, random);
    return new ClusterSnapshot(nodes, cluster.namespaces(), pods);
  }

  private static MetricSnapshots metrics(ClusterSnapshot cluster) {
    return Exposition.metrics(PRICES, true).of(cluster, Instant.EPOCH);
  }

  private static Series series(MetricSnapshots metrics) {
    Map<String, Map<Labels, Double>> byName = new HashMap<>();
    for (MetricSnapshot family : metrics) {
      // A large one comes in several.
      Map<Labels, Double> values =
          byName.computeIfAbsent(family.getMetadata().getName(), first -> new HashMap<>());
      for (DataPointSnapshot point : family.getDataPoints()) {
        if (point instanceof GaugeDataPointSnapshot gauge) {
          values.put(gauge.getLabels(), gauge.getValue());
        }
      }
    }
    return new Series(byName);
  }

  private static Map<String, Double> sums(Map<Labels, Double> costs) {
    Map<String, Double> sums = new HashMap<>();
    costs.forEach(
        (labels, cost) ->
            sums.merge(
                label(labels, "namespace") + "/" + label(labels, "workload"), cost, Double::sum));
    return sums;
  }

  private static double value(Series series, String name, Node node, String... resource) {
    return series.of(name).entrySet().stream()
        .filter(entry -> node.name().equals(entry.getKey().get("node")))
        .filter(entry -> resource.length == 0 || resource[0].equals(entry.getKey().get("resource")))
        .mapToDouble(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static String label(Labels labels, String name) {
    return String.valueOf(labels.get(name));
  }

  private static Offset<Double> near(double value) {
    return within(RELATIVE * value + Double.MIN_NORMAL);
  }
}

package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.CapacityType;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.Namespace;
import io.namespend.exporter.cluster.Node;
import io.namespend.exporter.cluster.Pod;
import io.namespend.exporter.cluster.Resources;
import io.namespend.exporter.cluster.Workload;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.price.ClusterPricer;
import io.namespend.exporter.price.NodeCapacity;
import io.namespend.exporter.price.NodePricer;
import io.namespend.exporter.price.PriceChain;
import io.namespend.exporter.price.RateSplit;
import io.namespend.exporter.price.list.BuiltinPrices;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClusterMetricsTest {
  private static final Node M5 =
      node("n1", "m5.xlarge", CapacityType.ON_DEMAND, Resources.ofGib(4, 16, 0));
  private static final Node UNKNOWN = node("n2", "", CapacityType.ON_DEMAND, Resources.NONE);

  @Test
  void requestsCostWhatTheirNodeCharges() throws IOException {
    String text =
        text(
            new ClusterSnapshot(
                List.of(M5),
                List.of(new Namespace("shop", Map.of("team", "web"))),
                List.of(
                    pod("shop", "web-1", "n1", Resources.ofGib(1, 2, 0)),
                    pod("shop", "web-2", "n1", Resources.ofGib(1, 2, 0)))));

    // 0.192 = 4 vCPU and 16 GiB, split as 0.031611 : 0.004237.
    assertThat(text)
        .contains(
            """
            namespend_workload_requested{namespace="shop",resource="cpu",workload="web",workload_type="deployment"} 2.0
            namespend_workload_requested{namespace="shop",resource="memory",workload="web",workload_type="deployment"} 4.294967296E9
            """);
    assertThat(value(text, "namespend_workload_request_hourly_cost", "resource=\"cpu\""))
        .isEqualTo(2 * 0.031611 * 0.192 / (4 * 0.031611 + 16 * 0.004237));
    assertThat(text)
        .contains(
            """
            namespend_namespace_info{cost_center="unattributed",environment="unknown",namespace="shop",owner_source="namespace-label",pool="",product="unattributed",team="web",tenancy="tenant"} 1
            """,
            """
            namespend_allocation_weight{basis="max",namespace="shop"} 0.0
            namespend_allocation_weight{basis="request",namespace="shop"} 0.7
            namespend_allocation_weight{basis="usage",namespace="shop"} 0.3
            """);
  }

  @Test
  void aNodeWithoutAnythingIsPricedAndCounted() throws IOException {
    String text = text(new ClusterSnapshot(List.of(M5, UNKNOWN), List.of(), List.of()));

    assertThat(text).contains("namespend_nodes_fallback_priced 1.0\n");
    assertThat(text)
        .containsPattern("namespend_node_info\\{.*node=\"n2\",price_source=\"fallback\"");
    assertThat(value(text, "node_total_hourly_cost", "node=\"n2\""))
        .isEqualTo(2 * 0.031611 + 8 * 0.004237);
  }

  @Test
  void aPodOnAnUnknownNodeIsCounted() throws IOException {
    String text =
        text(
            new ClusterSnapshot(
                List.of(M5), List.of(), List.of(pod("a", "p-1", "gone", Resources.NONE))));

    assertThat(text).contains("namespend_unpriced_resources{kind=\"pod\"} 1.0\n");
  }

  @Test
  void podSeriesCanBeLeftOut() throws IOException {
    ClusterSnapshot cluster =
        new ClusterSnapshot(
            List.of(M5), List.of(), List.of(pod("a", "p-1", "n1", Resources.ofGib(1, 1, 0))));

    assertThat(text(cluster)).contains("namespend_pod_request_hourly_cost{");
    assertThat(text(metrics(false).of(cluster)))
        .doesNotContain("namespend_pod_request_hourly_cost{");
  }

  @Test
  void hostileLabelValuesAreEscaped() throws IOException {
    String text =
        text(
            new ClusterSnapshot(
                List.of(M5),
                List.of(new Namespace("a", Map.of("team", "say \"hi\"\nand \\ ünïcode"))),
                List.of()));

    assertThat(text).contains("team=\"say \\\"hi\\\"\\nand \\\\ ünïcode\"");
  }

  /** Money identities on random clusters: parts sum to the whole, order does not matter. */
  @Test
  void partsSumToTheWhole() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      ClusterSnapshot cluster = randomCluster(new Random(seed));
      MetricSnapshots metrics = metrics(true).of(cluster);
      double byWorkload = sum(metrics, "namespend_workload_request_hourly_cost");
      double byPod = sum(metrics, "namespend_pod_request_hourly_cost");
      double nodes = sum(metrics, "node_total_hourly_cost");

      assertThat(byWorkload).as("seed " + seed).isCloseTo(byPod, relative(byPod));
      assertThat(rated(metrics)).as("seed " + seed).isCloseTo(nodes, relative(nodes));
      assertThat(text(metrics(true).of(shuffled(cluster, seed)))).isEqualTo(text(metrics));
      assertThat(values(metrics)).as("seed " + seed).allMatch(value -> value >= 0);
    }
  }

  private static org.assertj.core.data.Offset<Double> relative(double whole) {
    return org.assertj.core.api.Assertions.within(1e-12 * whole + 1e-300);
  }

  private static ClusterSnapshot randomCluster(Random random) {
    List<Node> nodes = new ArrayList<>();
    List<Pod> pods = new ArrayList<>();
    String[] types = {"m5.xlarge", "c5.2xlarge", "g4dn.xlarge", "", "no.such"};
    for (int i = 0; i < 1 + random.nextInt(8); i++) {
      String type = types[random.nextInt(types.length)];
      CapacityType capacityType = CapacityType.values()[random.nextInt(3)];
      Resources capacity =
          random.nextInt(6) == 0
              ? Resources.NONE
              : Resources.ofGib(
                  1 + random.nextInt(64), 1 + 100 * random.nextDouble(), random.nextInt(3));
      nodes.add(node("n" + i, type, capacityType, capacity));
    }
    for (int i = 0; i < random.nextInt(40); i++) {
      Resources request =
          Resources.ofGib(
              random.nextInt(4000) / 1000.0, 10 * random.nextDouble(), random.nextInt(2));
      pods.add(pod("ns" + random.nextInt(5), "w-" + i, "n" + random.nextInt(8), request));
    }
    return new ClusterSnapshot(nodes, List.of(), pods);
  }

  /** Rates times capacity, over all nodes. */
  private static double rated(MetricSnapshots metrics) {
    Map<String, Double> rates =
        points(metrics, "node_cpu_hourly_cost").stream()
            .collect(Collectors.toMap(p -> p.getLabels().get("node") + "cpu", p -> p.getValue()));
    points(metrics, "node_ram_hourly_cost")
        .forEach(p -> rates.put(p.getLabels().get("node") + "memory", p.getValue() / (1L << 30)));
    points(metrics, "node_gpu_hourly_cost")
        .forEach(p -> rates.put(p.getLabels().get("node") + "gpu", p.getValue()));
    return points(metrics, "namespend_node_capacity").stream()
        .mapToDouble(
            p ->
                p.getValue()
                    * rates.getOrDefault(
                        p.getLabels().get("node") + p.getLabels().get("resource"), Double.NaN))
        .sum();
  }

  private static ClusterSnapshot shuffled(ClusterSnapshot cluster, int seed) {
    List<Node> nodes = new ArrayList<>(cluster.nodes());
    Collections.shuffle(nodes, new Random(seed));
    return new ClusterSnapshot(nodes, cluster.namespaces(), cluster.pods());
  }

  private static double sum(MetricSnapshots metrics, String name) {
    return points(metrics, name).stream().mapToDouble(GaugeDataPointSnapshot::getValue).sum();
  }

  private static List<Double> values(MetricSnapshots metrics) {
    return metrics.stream()
        .flatMap(family -> family.getDataPoints().stream())
        .filter(GaugeDataPointSnapshot.class::isInstance)
        .map(point -> ((GaugeDataPointSnapshot) point).getValue())
        .toList();
  }

  private static List<GaugeDataPointSnapshot> points(MetricSnapshots metrics, String name) {
    List<GaugeDataPointSnapshot> points = new ArrayList<>();
    metrics.stream()
        .filter(family -> family.getMetadata().getName().equals(name))
        .forEach(
            family -> {
              for (DataPointSnapshot point : family.getDataPoints()) {
                points.add((GaugeDataPointSnapshot) point);
              }
            });
    return points;
  }

  private static double value(String text, String name, String label) {
    return text.lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static String text(ClusterSnapshot cluster) throws IOException {
    return text(metrics(true).of(cluster));
  }

  private static String text(MetricSnapshots metrics) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, metrics);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static ClusterMetrics metrics(boolean podSeries) {
    BuiltinPrices builtin = new BuiltinPrices();
    NodeCapacity capacity = new NodeCapacity(builtin::resources);
    PriceChain chain = new PriceChain(List.of(builtin), List.of(), capacity);
    NodePricer nodes = new NodePricer(chain, capacity, RateSplit.OPENCOST);
    return new ClusterMetrics(new ClusterPricer(chain, nodes), Policy.defaults(), podSeries);
  }

  private static Node node(
      String name, String type, CapacityType capacityType, Resources capacity) {
    return new Node(
        name, type, "us-east-1", "us-east-1a", "amd64", "", capacityType, capacity, capacity);
  }

  private static Pod pod(String namespace, String name, String node, Resources request) {
    String workload = name.substring(0, name.indexOf('-'));
    return new Pod(namespace, name, node, new Workload(namespace, "deployment", workload), request);
  }
}

package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.price.ClusterPricer;
import io.namespend.exporter.price.NodeCapacity;
import io.namespend.exporter.price.NodePricer;
import io.namespend.exporter.price.PriceChain;
import io.namespend.exporter.price.RateSplit;
import io.namespend.exporter.price.list.BuiltinPrices;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterMetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
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
    assertThat(text(metrics(false).of(cluster, NOW)))
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

  private static double value(String text, String name, String label) {
    return text.lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static String text(ClusterSnapshot cluster) throws IOException {
    return text(metrics(true).of(cluster, NOW));
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
    return new ClusterMetrics(new ClusterPricer(chain, nodes), Policy::defaults, podSeries);
  }

  private static Node node(
      String name, String type, CapacityType capacityType, Resources capacity) {
    return Node.named(name)
        .instanceType(type)
        .region("us-east-1")
        .zone("us-east-1a")
        .arch("amd64")
        .capacityType(capacityType)
        .capacity(capacity)
        .allocatable(capacity)
        .build();
  }

  private static Pod pod(String namespace, String name, String node, Resources request) {
    String workload = name.substring(0, name.indexOf('-'));
    return new Pod(
        namespace, name, node, new Workload(namespace, "deployment", workload), request, 0);
  }
}

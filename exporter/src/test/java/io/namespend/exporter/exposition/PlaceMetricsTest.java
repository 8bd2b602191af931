package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.cluster.node.InstanceTypes;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.policy.file.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes, pods and a policy in, where requests are out. */
class PlaceMetricsTest {
  private static final Map<String, Double> PRICES =
      Map.of("plain", 4 * 0.031611 + 16 * 0.004237, "gpu", 4 * 0.031611 + 16 * 0.004237 + 0.95);

  private static final String CLUSTER =
      String.join(
          "---\n",
          node("web-1", "plain", "web", "{cpu: '4', memory: 16Gi}"),
          node("web-2", "plain", "web", "{cpu: '4', memory: 16Gi}"),
          node("gpu-1", "gpu", "gpu", "{cpu: '4', memory: 16Gi, nvidia.com/gpu: '1'}"),
          node("lone", "plain", "", "{cpu: '4', memory: 16Gi}"),
          pod("shop", "a", "web-1", "{cpu: '1', memory: 2Gi}"),
          pod("shop", "b", "web-2", "{cpu: '2', memory: 1Gi}"),
          pod("shop", "c", "lone", "{cpu: '1'}"),
          pod("ml", "d", "gpu-1", "{cpu: '2', memory: 4Gi, nvidia.com/gpu: '1'}"),
          pod("ml", "e", "gone", "{cpu: '2'}"));

  @TempDir private Path folder;

  @Test
  void nodesHaveTheirGroupsAndWhatIsRequestedOfThemByTheModels() throws IOException {
    assertThat(
            series(
                """
                nodeGroups: {labels: [pool]}
                allocation: {overrides: [{namespaces: [ml], model: usage}]}
                """,
                "namespend_node_(group|requested)",
                "namespend_namespace_place",
                "namespend_pool_per"))
        .isEqualTo(
            """
            namespend_node_group_info{node="gpu-1",node_group="gpu",place=""} 1
            namespend_node_group_info{node="lone",node_group="ungrouped",place=""} 1
            namespend_node_group_info{node="web-1",node_group="web",place=""} 1
            namespend_node_group_info{node="web-2",node_group="web",place=""} 1
            namespend_node_requested{node="gpu-1",resource="cpu"} 2.0
            namespend_node_requested{node="gpu-1",resource="gpu"} 1.0
            namespend_node_requested{node="gpu-1",resource="memory"} 4.294967296E9
            namespend_node_requested{node="lone",resource="cpu"} 1.0
            namespend_node_requested{node="lone",resource="memory"} 0.0
            namespend_node_requested{node="web-1",resource="cpu"} 1.0
            namespend_node_requested{node="web-1",resource="memory"} 2.147483648E9
            namespend_node_requested{node="web-2",resource="cpu"} 2.0
            namespend_node_requested{node="web-2",resource="memory"} 1.073741824E9
            namespend_node_requested_charged{node="gpu-1",resource="cpu"} 0.0
            namespend_node_requested_charged{node="gpu-1",resource="gpu"} 1.0
            namespend_node_requested_charged{node="gpu-1",resource="memory"} 0.0
            namespend_node_requested_charged{node="lone",resource="cpu"} 0.7
            namespend_node_requested_charged{node="lone",resource="memory"} 0.0
            namespend_node_requested_charged{node="web-1",resource="cpu"} 0.7
            namespend_node_requested_charged{node="web-1",resource="memory"} 1.5032385536E9
            namespend_node_requested_charged{node="web-2",resource="cpu"} 1.4
            namespend_node_requested_charged{node="web-2",resource="memory"} 7.516192768E8
            """);
  }

  @Test
  void requestsAreByNodeGroupWhereAPoolIsSplitSo() throws IOException {
    assertThat(
            series(
                "{nodeGroups: {labels: [pool]}, pools: [{name: idle, per: nodeGroup}]}",
                "namespend_node_group",
                "namespend_namespace_place",
                "namespend_pool_per"))
        .isEqualTo(
            """
            namespend_namespace_place_request_hourly_cost{namespace="ml",place="gpu",resource="cpu"} 0.063222
            namespend_namespace_place_request_hourly_cost{namespace="ml",place="gpu",resource="gpu"} 0.95
            namespend_namespace_place_request_hourly_cost{namespace="ml",place="gpu",resource="memory"} 0.016948
            namespend_namespace_place_request_hourly_cost{namespace="shop",place="ungrouped",resource="cpu"} 0.031611
            namespend_namespace_place_request_hourly_cost{namespace="shop",place="ungrouped",resource="memory"} 0.0
            namespend_namespace_place_request_hourly_cost{namespace="shop",place="web",resource="cpu"} 0.094833
            namespend_namespace_place_request_hourly_cost{namespace="shop",place="web",resource="memory"} 0.012711
            namespend_node_group_info{node="gpu-1",node_group="gpu",place="gpu"} 1
            namespend_node_group_info{node="lone",node_group="ungrouped",place="ungrouped"} 1
            namespend_node_group_info{node="web-1",node_group="web",place="web"} 1
            namespend_node_group_info{node="web-2",node_group="web",place="web"} 1
            namespend_pool_per_info{per="nodeGroup",pool="idle"} 1
            """);
  }

  @Test
  void requestsAreByNodeWhereAnyPoolIsSplitSo() throws IOException {
    assertThat(
            series(
                """
                nodeGroups: {labels: [pool]}
                pools: [{name: idle, per: nodeGroup}, {name: system, per: node}]
                """,
                "namespend_node_group.*web",
                "namespend_namespace_place.*cpu",
                "namespend_pool_per"))
        .isEqualTo(
            """
            namespend_namespace_place_request_hourly_cost{namespace="ml",place="gpu-1",resource="cpu"} 0.063222
            namespend_namespace_place_request_hourly_cost{namespace="shop",place="lone",resource="cpu"} 0.031611
            namespend_namespace_place_request_hourly_cost{namespace="shop",place="web-1",resource="cpu"} 0.031611
            namespend_namespace_place_request_hourly_cost{namespace="shop",place="web-2",resource="cpu"} 0.063222
            namespend_node_group_info{node="web-1",node_group="web",place="web-1"} 1
            namespend_node_group_info{node="web-2",node_group="web",place="web-2"} 1
            namespend_pool_per_info{per="node",pool="system"} 1
            namespend_pool_per_info{per="nodeGroup",pool="idle"} 1
            """);
  }

  @Test
  void whatIsAsItWasIsPublishedAsItWas() throws IOException {
    Policy policy = policy("{nodeGroups: {labels: [pool]}, pools: [{name: idle, per: node}]}");
    ClusterMetrics metrics = Exposition.metrics(PRICES, true, policy);
    String more = CLUSTER + "---\n" + pod("shop", "z", "web-2", "{cpu: '1'}");
    String[] families = {"namespend_node_(group|requested)", "namespend_namespace_place"};

    metrics.of(ClusterYaml.snapshot(CLUSTER, Set.of("pool"), InstanceTypes.UNKNOWN), Instant.EPOCH);
    String after =
        Exposition.families(
            metrics.of(
                ClusterYaml.snapshot(more, Set.of("pool"), InstanceTypes.UNKNOWN), Instant.EPOCH),
            families);

    assertThat(after)
        .isEqualTo(
            Exposition.families(
                Exposition.metrics(PRICES, true, policy)
                    .of(
                        ClusterYaml.snapshot(more, Set.of("pool"), InstanceTypes.UNKNOWN),
                        Instant.EPOCH),
                families))
        .contains("namespend_node_requested{node=\"web-2\",resource=\"cpu\"} 3.0");
  }

  private String series(String policy, String... beginnings) throws IOException {
    return Exposition.families(
            Exposition.metrics(PRICES, true, policy(policy))
                .of(
                    ClusterYaml.snapshot(CLUSTER, Set.of("pool"), InstanceTypes.UNKNOWN),
                    Instant.EPOCH),
            beginnings)
        .replaceAll("(?m)^#.*\n", "");
  }

  private Policy policy(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("policy.yaml"), yaml);
    return PolicyFile.read(file, Instant.EPOCH).policy();
  }

  private static String node(String name, String type, String pool, String capacity) {
    return """
    apiVersion: v1
    kind: Node
    metadata: {name: %s, labels: {node.kubernetes.io/instance-type: %s, pool: "%s"}}
    status: {capacity: %s}
    """
        .formatted(name, type, pool, capacity);
  }

  private static String pod(String namespace, String name, String node, String requests) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {namespace: %s, name: %s}
    spec: {nodeName: %s, containers: [{name: app, resources: {requests: %s}}]}
    """
        .formatted(namespace, name, node, requests);
  }
}

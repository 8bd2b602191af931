package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterYaml;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeAndRequestMetricsTest {
  /** Twice what OpenCost's default rates make of the capacity, so the rates are twice those. */
  private static final Map<String, Double> PRICES =
      Map.of(
          "example.large", 2 * (4 * 0.031611 + 16 * 0.004237),
          "example.gpu", 2 * (8 * 0.031611 + 32 * 0.004237 + 1 * 0.95));

  private static final String LARGE =
      """
      apiVersion: v1
      kind: Node
      metadata:
        name: large-1
        labels:
          kubernetes.io/arch: arm64
          node.kubernetes.io/instance-type: example.large
          topology.kubernetes.io/region: eu-west-1
          topology.kubernetes.io/zone: eu-west-1b
      spec: {providerID: aws:///eu-west-1b/i-0aaa}
      status:
        capacity: {cpu: '4', memory: 16Gi}
        allocatable: {cpu: 3920m, memory: 15Gi}
      """;
  private static final String GPU =
      """
      apiVersion: v1
      kind: Node
      metadata:
        name: gpu-1
        labels: {node.kubernetes.io/instance-type: example.gpu, karpenter.sh/capacity-type: spot}
      status:
        capacity: {cpu: '8', memory: 32Gi, nvidia.com/gpu: '1'}
        allocatable: {cpu: '8', memory: 32Gi, nvidia.com/gpu: '1'}
      """;
  private static final String BARE =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: bare}
      """;

  @Test
  void aNodeIsItsPriceItsRatesItsSizeAndWhereThePriceComesFrom() {
    assertThat(families(LARGE, "node_", "kubecost_node", "namespend_node(s|_[aci])"))
        .isEqualTo(
            """
            # HELP kubecost_node_is_spot [STABLE] 1 for a spot or preemptible node, else 0, from its labels.
            # TYPE kubecost_node_is_spot gauge
            kubecost_node_is_spot{arch="arm64",instance="large-1",instance_type="example.large",node="large-1",provider_id="aws:///eu-west-1b/i-0aaa",region="eu-west-1"} 0.0
            # HELP namespend_node_info [STABLE] What the node is and where its price comes from.
            # TYPE namespend_node_info gauge
            namespend_node_info{capacity_type="on-demand",instance_type="example.large",node="large-1",price_source="by-hand",region="eu-west-1",zone="eu-west-1b"} 1
            # HELP namespend_node_allocatable [STABLE] What pods can get of the node: cores, bytes, GPUs. From the node's status.
            # TYPE namespend_node_allocatable gauge
            namespend_node_allocatable{node="large-1",resource="cpu"} 3.92
            namespend_node_allocatable{node="large-1",resource="memory"} 1.610612736E10
            # HELP namespend_node_capacity [STABLE] What the node has, as priced: cores, bytes, GPUs. From the node's status.
            # TYPE namespend_node_capacity gauge
            namespend_node_capacity{node="large-1",resource="cpu"} 4.0
            namespend_node_capacity{node="large-1",resource="memory"} 1.7179869184E10
            # HELP namespend_nodes_fallback_priced [STABLE] Nodes whose price is an estimate, because no price source knows them.
            # TYPE namespend_nodes_fallback_priced gauge
            namespend_nodes_fallback_priced 0.0
            # HELP node_cpu_hourly_cost [STABLE] Price of one vCPU of the node for one hour, from the node's price_source.
            # TYPE node_cpu_hourly_cost gauge
            node_cpu_hourly_cost{arch="arm64",instance="large-1",instance_type="example.large",node="large-1",provider_id="aws:///eu-west-1b/i-0aaa",region="eu-west-1"} 0.063222
            # HELP node_gpu_count [STABLE] GPUs of the node.
            # TYPE node_gpu_count gauge
            node_gpu_count{arch="arm64",instance="large-1",instance_type="example.large",node="large-1",provider_id="aws:///eu-west-1b/i-0aaa",region="eu-west-1"} 0.0
            # HELP node_gpu_hourly_cost [STABLE] Price of one GPU of the node for one hour; 0 without GPUs.
            # TYPE node_gpu_hourly_cost gauge
            node_gpu_hourly_cost{arch="arm64",instance="large-1",instance_type="example.large",node="large-1",provider_id="aws:///eu-west-1b/i-0aaa",region="eu-west-1"} 0.0
            # HELP node_ram_hourly_cost [STABLE] Price of one GiB of memory of the node for one hour.
            # TYPE node_ram_hourly_cost gauge
            node_ram_hourly_cost{arch="arm64",instance="large-1",instance_type="example.large",node="large-1",provider_id="aws:///eu-west-1b/i-0aaa",region="eu-west-1"} 0.008474
            # HELP node_total_hourly_cost [STABLE] Price of the whole node for one hour; the rates times the capacity.
            # TYPE node_total_hourly_cost gauge
            node_total_hourly_cost{arch="arm64",instance="large-1",instance_type="example.large",node="large-1",provider_id="aws:///eu-west-1b/i-0aaa",region="eu-west-1"} 0.38847200000000004
            """);
  }

  @Test
  void aSpotNodeWithAGpuAndANodeThatTellsNothing() {
    assertThat(series(GPU + "---\n" + BARE, "node_", "kubecost_node", "namespend_node(s|_[aci])"))
        .isEqualTo(
            """
            kubecost_node_is_spot{arch="",instance="bare",instance_type="",node="bare",provider_id="",region=""} 0.0
            kubecost_node_is_spot{arch="",instance="gpu-1",instance_type="example.gpu",node="gpu-1",provider_id="",region=""} 1.0
            namespend_node_info{capacity_type="on-demand",instance_type="",node="bare",price_source="fallback",region="",zone=""} 1
            namespend_node_info{capacity_type="spot",instance_type="example.gpu",node="gpu-1",price_source="by-hand",region="",zone=""} 1
            namespend_node_allocatable{node="bare",resource="cpu"} 2.0
            namespend_node_allocatable{node="bare",resource="memory"} 8.589934592E9
            namespend_node_allocatable{node="gpu-1",resource="cpu"} 8.0
            namespend_node_allocatable{node="gpu-1",resource="gpu"} 1.0
            namespend_node_allocatable{node="gpu-1",resource="memory"} 3.4359738368E10
            namespend_node_capacity{node="bare",resource="cpu"} 2.0
            namespend_node_capacity{node="bare",resource="memory"} 8.589934592E9
            namespend_node_capacity{node="gpu-1",resource="cpu"} 8.0
            namespend_node_capacity{node="gpu-1",resource="gpu"} 1.0
            namespend_node_capacity{node="gpu-1",resource="memory"} 3.4359738368E10
            namespend_nodes_fallback_priced 1.0
            node_cpu_hourly_cost{arch="",instance="bare",instance_type="",node="bare",provider_id="",region=""} 0.031611
            node_cpu_hourly_cost{arch="",instance="gpu-1",instance_type="example.gpu",node="gpu-1",provider_id="",region=""} 0.063222
            node_gpu_count{arch="",instance="bare",instance_type="",node="bare",provider_id="",region=""} 0.0
            node_gpu_count{arch="",instance="gpu-1",instance_type="example.gpu",node="gpu-1",provider_id="",region=""} 1.0
            node_gpu_hourly_cost{arch="",instance="bare",instance_type="",node="bare",provider_id="",region=""} 0.0
            node_gpu_hourly_cost{arch="",instance="gpu-1",instance_type="example.gpu",node="gpu-1",provider_id="",region=""} 1.9
            node_ram_hourly_cost{arch="",instance="bare",instance_type="",node="bare",provider_id="",region=""} 0.004237
            node_ram_hourly_cost{arch="",instance="gpu-1",instance_type="example.gpu",node="gpu-1",provider_id="",region=""} 0.008474
            node_total_hourly_cost{arch="",instance="bare",instance_type="",node="bare",provider_id="",region=""} 0.09711800000000001
            node_total_hourly_cost{arch="",instance="gpu-1",instance_type="example.gpu",node="gpu-1",provider_id="",region=""} 2.6769439999999998
            """);
  }

  @Test
  void requestsArePricedOnTheirNodesAndSummedByWorkload() {
    assertThat(
            families(
                String.join(
                    "---\n",
                    LARGE,
                    GPU,
                    pod(
                        "shop",
                        "web-1",
                        "StatefulSet",
                        "web",
                        "large-1",
                        "{cpu: '1', memory: 2Gi}"),
                    pod("shop", "web-2", "StatefulSet", "web", "gpu-1", "{cpu: '1', memory: 2Gi}"),
                    pod(
                        "ml",
                        "train",
                        "Job",
                        "train",
                        "gpu-1",
                        "{cpu: '4', memory: 16Gi, nvidia.com/gpu: '1'}"),
                    pod("shop", "idle", "DaemonSet", "idle", "large-1", "{}")),
                "namespend_pod",
                "namespend_workload_re",
                "namespend_unpriced"))
        .isEqualTo(
            """
            # HELP namespend_pod_gpu_request_hourly_cost [STABLE] The part of namespend_pod_request_hourly_cost that GPUs are; only of pods with GPUs.
            # TYPE namespend_pod_gpu_request_hourly_cost gauge
            namespend_pod_gpu_request_hourly_cost{namespace="ml",node="gpu-1",pod="train",workload="train",workload_type="job"} 1.9
            # HELP namespend_pod_request_hourly_cost [STABLE] Price of the pod's effective request on its node for one hour, all resources; also says which workload and node the pod belongs to.
            # TYPE namespend_pod_request_hourly_cost gauge
            namespend_pod_request_hourly_cost{namespace="ml",node="gpu-1",pod="train",workload="train",workload_type="job"} 2.288472
            namespend_pod_request_hourly_cost{namespace="shop",node="gpu-1",pod="web-2",workload="web",workload_type="statefulset"} 0.08017
            namespend_pod_request_hourly_cost{namespace="shop",node="large-1",pod="idle",workload="idle",workload_type="daemonset"} 0.0
            namespend_pod_request_hourly_cost{namespace="shop",node="large-1",pod="web-1",workload="web",workload_type="statefulset"} 0.08017
            # HELP namespend_unpriced_resources [STABLE] Objects without a cost: pods whose node is not known.
            # TYPE namespend_unpriced_resources gauge
            namespend_unpriced_resources{kind="pod"} 0.0
            # HELP namespend_workload_request_hourly_cost [STABLE] Price of what the workload's pods request, each on its own node, for one hour.
            # TYPE namespend_workload_request_hourly_cost gauge
            namespend_workload_request_hourly_cost{namespace="ml",resource="cpu",workload="train",workload_type="job"} 0.252888
            namespend_workload_request_hourly_cost{namespace="ml",resource="gpu",workload="train",workload_type="job"} 1.9
            namespend_workload_request_hourly_cost{namespace="ml",resource="memory",workload="train",workload_type="job"} 0.135584
            namespend_workload_request_hourly_cost{namespace="shop",resource="cpu",workload="idle",workload_type="daemonset"} 0.0
            namespend_workload_request_hourly_cost{namespace="shop",resource="cpu",workload="web",workload_type="statefulset"} 0.126444
            namespend_workload_request_hourly_cost{namespace="shop",resource="memory",workload="idle",workload_type="daemonset"} 0.0
            namespend_workload_request_hourly_cost{namespace="shop",resource="memory",workload="web",workload_type="statefulset"} 0.033896
            # HELP namespend_workload_requested [STABLE] Effective requests of the workload's pods as the scheduler counts them: cores, bytes, GPUs.
            # TYPE namespend_workload_requested gauge
            namespend_workload_requested{namespace="ml",resource="cpu",workload="train",workload_type="job"} 4.0
            namespend_workload_requested{namespace="ml",resource="gpu",workload="train",workload_type="job"} 1.0
            namespend_workload_requested{namespace="ml",resource="memory",workload="train",workload_type="job"} 1.7179869184E10
            namespend_workload_requested{namespace="shop",resource="cpu",workload="idle",workload_type="daemonset"} 0.0
            namespend_workload_requested{namespace="shop",resource="cpu",workload="web",workload_type="statefulset"} 2.0
            namespend_workload_requested{namespace="shop",resource="memory",workload="idle",workload_type="daemonset"} 0.0
            namespend_workload_requested{namespace="shop",resource="memory",workload="web",workload_type="statefulset"} 4.294967296E9
            """);
  }

  @Test
  void aPodOnANodeThatIsNotKnownIsCountedAndNotPriced() {
    assertThat(
            series(
                LARGE + "---\n" + pod("shop", "web-1", "StatefulSet", "web", "gone", "{cpu: '1'}"),
                "namespend_pod",
                "namespend_workload_re",
                "namespend_unpriced"))
        .isEqualTo(
            """
            namespend_unpriced_resources{kind="pod"} 1.0
            """);
  }

  @Test
  void gpusThatPodsCannotGetAreAllocatableToNobody() {
    String allocatable = "allocatable: {cpu: '8', memory: 32Gi, nvidia.com/gpu: '%s'}";
    String broken = GPU.replace(allocatable.formatted(1), allocatable.formatted(0));

    assertThat(series(broken, "namespend_node_(capacity|allocatable).*gpu\"}"))
        .isEqualTo(
            """
            namespend_node_allocatable{node="gpu-1",resource="gpu"} 0.0
            namespend_node_capacity{node="gpu-1",resource="gpu"} 1.0
            """);
  }

  @Test
  void podSeriesCanBeLeftOutWithoutTouchingWorkloads() {
    var cluster =
        ClusterYaml.snapshot(
            LARGE + "---\n" + pod("shop", "web-1", "StatefulSet", "web", "large-1", "{cpu: '1'}"));

    assertThat(
            Exposition.families(
                Exposition.metrics(PRICES, false).of(cluster, Instant.EPOCH),
                "namespend_pod_r",
                "namespend_workload_request_"))
        .isEqualTo(
            """
            # HELP namespend_workload_request_hourly_cost [STABLE] Price of what the workload's pods request, each on its own node, for one hour.
            # TYPE namespend_workload_request_hourly_cost gauge
            namespend_workload_request_hourly_cost{namespace="shop",resource="cpu",workload="web",workload_type="statefulset"} 0.063222
            namespend_workload_request_hourly_cost{namespace="shop",resource="memory",workload="web",workload_type="statefulset"} 0.0
            """);
  }

  @Test
  void hostileLabelValuesComeOutEscaped() {
    assertThat(
            series(
                """
                apiVersion: v1
                kind: Node
                metadata:
                  name: "quote\\" backslash\\\\ newline\\n end"
                  labels: {node.kubernetes.io/instance-type: "größe-✓", topology.kubernetes.io/zone: "a\\tb{}#="}
                """,
                "namespend_node_info"))
        .isEqualTo(
            """
            namespend_node_info{capacity_type="on-demand",instance_type="größe-✓",node="quote\\" backslash\\\\ newline\\n end",price_source="fallback",region="",zone="a\tb{}#="} 1
            """);
  }

  @Test
  void anEmptyClusterHasNoSeriesOfNodesAndPods() {
    assertThat(
            Exposition.families(
                Exposition.metrics(PRICES, true).of(ClusterSnapshot.EMPTY, Instant.EPOCH),
                "node_",
                "namespend_(node|pod_r|workload_re|unpriced)"))
        .isEqualTo(
            """
            # HELP namespend_nodes_fallback_priced [STABLE] Nodes whose price is an estimate, because no price source knows them.
            # TYPE namespend_nodes_fallback_priced gauge
            namespend_nodes_fallback_priced 0.0
            # HELP namespend_unpriced_resources [STABLE] Objects without a cost: pods whose node is not known.
            # TYPE namespend_unpriced_resources gauge
            namespend_unpriced_resources{kind="pod"} 0.0
            """);
  }

  @Test
  void everyFamilySaysHowStableItIs() {
    List<String> helps =
        Exposition.text(
                Exposition.metrics(PRICES, true).of(ClusterYaml.snapshot(LARGE), Instant.EPOCH))
            .lines()
            .filter(line -> line.startsWith("# HELP"))
            .toList();

    assertThat(helps)
        .isNotEmpty()
        .allSatisfy(
            help -> assertThat(help).matches("# HELP \\S+ \\[(STABLE|EXPERIMENTAL)] .+\\."));
  }

  private static String pod(
      String namespace, String name, String ownerKind, String owner, String node, String requests) {
    return """
    apiVersion: v1
    kind: Pod
    metadata:
      namespace: %s
      name: %s
      ownerReferences: [{kind: %s, name: %s, controller: true}]
    spec:
      nodeName: %s
      containers: [{name: app, resources: {requests: %s}}]
    """
        .formatted(namespace, name, ownerKind, owner, node, requests);
  }

  private static String series(String yaml, String... beginnings) {
    return families(yaml, beginnings).replaceAll("(?m)^#.*\n", "");
  }

  private static String families(String yaml, String... beginnings) {
    return Exposition.families(
        Exposition.metrics(PRICES, true).of(ClusterYaml.snapshot(yaml), Instant.EPOCH), beginnings);
  }
}

package io.namespend.exporter.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.cluster.Node;
import io.namespend.exporter.cluster.Pod;
import io.namespend.exporter.price.list.BuiltinPrices;
import io.namespend.exporter.price.list.GcpListPrices;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What shapes of nodes cost by the built-in tables, and what one pod on them does: GPUs whole,
 * shared, cut and claimed, other accelerators, and nodes without a machine.
 */
class NodeShapesTest {
  private static final BuiltinPrices BUILTIN = new BuiltinPrices();

  /**
   * Price of the node by the hour, source, reason of doubt; GPUs; the pod's price, and what is
   * free.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # shape                 | place | type                 | labels                                                                   | capacity                                                          | the pod's request                      | price                                | pod + free
          T4, whole               | gcp   | n1-standard-4        | cloud.google.com/gke-accelerator: nvidia-tesla-t4                        | cpu: 4, memory: 15Gi, nvidia.com/gpu: 1                           | nvidia.com/gpu: 1                      | 0.54 builtin, 1 GPU                  | 0.45 + 0.09
          T4, GKE's 8 shares      | gcp   | n1-standard-4        | cloud.google.com/gke-accelerator: nvidia-tesla-t4, cloud.google.com/gke-gpu-sharing-strategy: time-sharing, cloud.google.com/gke-max-shared-clients-per-gpu: '8' | cpu: 4, memory: 15Gi, nvidia.com/gpu: 8 | nvidia.com/gpu: 1 | 0.54 builtin, 1 GPU                  | 0.05625 + 0.48375
          T4, NVIDIA's 10 shares  | gcp   | n1-standard-4        | cloud.google.com/gke-accelerator: nvidia-tesla-t4, nvidia.com/gpu.replicas: '10', nvidia.com/gpu.count: '1' | cpu: 4, memory: 15Gi, nvidia.com/gpu: 10               | nvidia.com/gpu: 10                     | 0.54 builtin, 1 GPU                  | 0.45 + 0.09
          T4, no plugin yet       | gcp   | n1-standard-4        | cloud.google.com/gke-accelerator: nvidia-tesla-t4                        | cpu: 4, memory: 15Gi                                              | cpu: 1                                 | 0.54 builtin (gpus), 1 GPU           | 0.014974 + 0.525026
          T4 of Azure, 4 shares   | azure | Standard_NC4as_T4_v3 | nvidia.com/gpu.replicas: '4'                                             | cpu: 4, memory: 28Gi, nvidia.com/gpu: 4                           | nvidia.com/gpu: 2                      | 0.526 builtin, 1 GPU                 | 0.209066 + 0.316934
          A10G, whole             | aws   | g5.xlarge            | a: b                                                                     | cpu: 4, memory: 16Gi, nvidia.com/gpu: 1                           | nvidia.com/gpu: 1                      | 1.006 builtin, 1 GPU                 | 0.83523 + 0.17077
          A10G, nobody says shared | aws  | g5.xlarge            | a: b                                                                     | cpu: 4, memory: 16Gi, nvidia.com/gpu: 8                           | nvidia.com/gpu: 1                      | 1.006 builtin, 1 GPU                 | 0.104404 + 0.901596
          A10G by DRA             | aws   | g5.xlarge            | a: b                                                                     | cpu: 4, memory: 16Gi                                              | claim                                  | 1.006 builtin, 1 GPU                 | 0.83523 + 0.17077
          A10G by DRA, no claim   | aws   | g5.xlarge            | a: b                                                                     | cpu: 4, memory: 16Gi                                              | cpu: 4, memory: 16Gi                   | 1.006 builtin, 1 GPU                 | 0.17077 + 0.83523
          A100, GKE's slices      | gcp   | a2-highgpu-1g        | cloud.google.com/gke-accelerator: nvidia-tesla-a100, cloud.google.com/gke-gpu-partition-size: 1g.5gb | cpu: 12, memory: 85Gi, nvidia.com/gpu: 7 | nvidia.com/gpu: 7                      | 3.673385 builtin, 1 GPU              | 2.06556 + 1.607825
          A100, mixed slices      | gcp   | a2-highgpu-1g        | cloud.google.com/gke-accelerator: nvidia-tesla-a100                      | cpu: 12, memory: 85Gi, nvidia.com/mig-3g.20gb: 2                  | nvidia.com/mig-3g.20gb: 1              | 3.673385 builtin, 1 GPU              | 0.88524 + 2.788145
          A100, shared slices     | gcp   | a2-highgpu-1g        | nvidia.com/mig-1g.5gb.replicas: '2'                                      | cpu: 12, memory: 85Gi, nvidia.com/mig-1g.5gb: 14                  | nvidia.com/mig-1g.5gb: 7               | 3.673385 builtin, 1 GPU              | 1.03278 + 2.640605
          Inferentia 2, by core   | aws   | inf2.xlarge          | a: b                                                                     | cpu: 4, memory: 16Gi, aws.amazon.com/neuron: 1, aws.amazon.com/neuroncore: 2 | aws.amazon.com/neuroncore: 1 | 0.7582 builtin, 1 GPU                | 0.314747 + 0.443453
          Gaudi                   | aws   | dl1.24xlarge         | a: b                                                                     | cpu: 96, memory: 768Gi, habana.ai/gaudi: 8                        | habana.ai/gaudi: 8                     | 13.10904 builtin, 8 GPU              | 7.173379 + 5.935661
          TPU v5e                 | gcp   | ct5lp-hightpu-4t     | cloud.google.com/gke-tpu-accelerator: tpu-v5-lite-podslice               | cpu: 112, memory: 192Gi, google.com/tpu: 4                        | google.com/tpu: 4                      | 8.153936 fallback (fallback), 4 GPU  | 3.8 + 4.353936
          on premises, 10 shares  | none  | ''                   | nvidia.com/gpu.replicas: '10', nvidia.com/gpu.count: '1'                 | cpu: 32, memory: 128Gi, nvidia.com/gpu: 10                        | nvidia.com/gpu: 1                      | 2.503888 fallback (fallback), 1 GPU  | 0.095 + 2.408888
          Azure's containers      | none  | ''                   | type: virtual-kubelet                                                    | cpu: 10000, memory: 4Ti                                           | cpu: 1, memory: 2Gi                    | 0.04937 serverless-estimate (virtual), 0 GPU | 0.04937 + 0
          containers, no request  | none  | ''                   | type: virtual-kubelet                                                    | cpu: 10000, memory: 4Ti                                           | ephemeral-storage: 9Gi                 | 0 serverless-estimate (virtual), 0 GPU | 0 + 0
          a type that is no machine | azure | Standard_D4s_v5    | type: virtual-kubelet                                                    | cpu: 4, memory: 16Gi                                              | cpu: 1, memory: 2Gi                    | 0.04937 serverless-estimate (virtual), 0 GPU | 0.04937 + 0
          Liqo                    | none  | ''                   | liqo.io/type: virtual-node                                               | cpu: 64, memory: 256Gi                                            | cpu: 1, memory: 2Gi                    | 0 other-cluster (virtual), 0 GPU     | 0 + 0
          KWOK                    | aws   | m5.large             | type: kwok                                                               | cpu: 32, memory: 256Gi                                            | cpu: 1, memory: 2Gi                    | 0 simulated, 0 GPU                   | 0 + 0
          huge pages              | aws   | m5.2xlarge           | a: b                                                                     | cpu: 8, memory: 32Gi, hugepages-2Mi: 4Gi                          | memory: 64Mi, hugepages-2Mi: 1Gi       | 0.384 builtin, 0 GPU                 | 0.00445 + 0.37955
          """)
  void costs(
      String shape,
      String place,
      String type,
      String labels,
      String capacity,
      String request,
      String price,
      String podAndFree) {
    ClusterSnapshot cluster = cluster(place, type, labels, capacity, request);
    PricedNode node = priced(cluster).get(0);
    double pod = node.rates().cost(cluster.pods().get(0).request());

    assertThat(text(node)).isEqualTo(price);
    assertThat(plain(pod) + " + " + plain(node.quote().amount() - pod)).isEqualTo(podAndFree);
    assertThat(node.rates().cost(node.capacity()))
        .as("rates times capacity is the price")
        .isCloseTo(node.quote().amount(), offset(1e-12));
    assertThat(node.allocatable()).as("nothing is reserved").isEqualTo(node.capacity());
  }

  /** A virtual node in the price sheet costs what it says, and its pods share that. */
  @Test
  void aSheetPricesAVirtualNode() {
    ClusterSnapshot cluster =
        cluster("none", "''", "type: virtual-kubelet", "cpu: 9k", "cpu: 1, memory: 2Gi");
    Pod pod = cluster.pods().get(0);
    PricedNode node = priced(cluster, sheet(2)).get(0);
    ClusterSnapshot empty =
        new ClusterSnapshot(
            cluster("none", "''", "type: virtual-kubelet", "cpu: 9k", "ephemeral-storage: 1Gi")
                .nodes(),
            List.of(),
            List.of());

    assertThat(text(node)).isEqualTo("2 sheet, 0 GPU");
    assertThat(node.rates().cost(pod.request())).isCloseTo(2, offset(1e-12));
    assertThat(text(priced(empty, sheet(2)).get(0)))
        .as("nothing is there that could be idle")
        .isEqualTo("0 sheet, 0 GPU");
  }

  private static PriceSource sheet(double amount) {
    return new PriceSource() {
      @Override
      public String name() {
        return "sheet";
      }

      @Override
      public Optional<Quote> node(Node node) {
        return Optional.of(Quote.known(amount, name(), PriceBasis.AGREED));
      }
    };
  }

  private static List<PricedNode> priced(ClusterSnapshot cluster, PriceSource... sources) {
    NodeCapacity capacity = new NodeCapacity(BUILTIN::resources);
    PriceChain chain =
        new PriceChain(
            sources.length == 0 ? List.of(BUILTIN) : List.of(sources), List.of(), capacity);
    return new ClusterPricer(chain, new NodePricer(chain, capacity, RateSplit.OPENCOST))
        .price(cluster)
        .nodes();
  }

  private static ClusterSnapshot cluster(
      String place, String type, String labels, String capacity, String request) {
    String region =
        switch (place) {
          case "aws" -> "us-east-1";
          case "azure" -> "eastus";
          case "gcp" -> "us-central1";
          default -> "";
        };
    String providerId =
        switch (place) {
          case "aws" -> "aws:///us-east-1a/i-1";
          case "azure" -> "azure:///vm/1";
          case "gcp" -> "gce://p/us-central1-a/n1";
          default -> "";
        };
    String claim =
        """
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceClaim
        metadata: {namespace: ml, name: pod-gpu}
        status:
          allocation: {devices: {results: [{request: gpu, driver: gpu.nvidia.com, pool: n1, device: gpu-0}]}}
          reservedFor: [{resource: pods, name: pod, uid: u1}]
        """;
    return ClusterYaml.snapshot(
        """
        apiVersion: v1
        kind: Node
        metadata:
          name: n1
          labels: {node.kubernetes.io/instance-type: %s, topology.kubernetes.io/region: '%s', %s}
        spec: {providerID: '%s'}
        status: {capacity: {%s}, allocatable: {%s}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {namespace: ml, name: pod}
        spec: {nodeName: n1, containers: [{name: c, resources: {requests: {%s}}}]}
        %s\
        """
            .formatted(
                type,
                region,
                labels,
                providerId,
                capacity,
                capacity.contains("hugepages-2Mi: 4Gi")
                    ? capacity.replace("memory: 32Gi", "memory: 28Gi")
                    : capacity,
                request.equals("claim") ? "" : request,
                request.equals("claim") ? claim : "")
            .stripTrailing(),
        Set.of(GcpListPrices.ACCELERATOR_LABEL),
        BUILTIN::devices);
  }

  private static String text(PricedNode node) {
    return "%s %s%s, %s GPU"
        .formatted(
            plain(node.quote().amount()),
            node.quote().source(),
            node.quote().doubts().isEmpty()
                ? ""
                : node.quote().doubts().stream()
                    .map(EstimateReason::label)
                    .sorted()
                    .collect(Collectors.joining(" ", " (", ")")),
            plain(node.capacity().gpus()));
  }

  private static String plain(double amount) {
    return BigDecimal.valueOf(Math.abs(amount) < 1e-12 ? 0 : amount)
        .setScale(6, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}

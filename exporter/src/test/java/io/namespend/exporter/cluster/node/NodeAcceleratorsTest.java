package io.namespend.exporter.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.namespend.exporter.cluster.ClusterYaml;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node reports are units to request; what it costs are devices. */
class NodeAcceleratorsTest {
  /** The price tables know so many devices of a type of this name. */
  private static final InstanceTypes TYPES =
      type -> type.startsWith("has-") ? Double.parseDouble(type.substring(4)) : 0;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no GPU                          |       |                                                                       | cpu: 4                                                          | 0
          a whole GPU                     |       |                                                                       | nvidia.com/gpu: 1                                               | 1, nvidia.com/gpu 1
          GKE time-sharing                |       | cloud.google.com/gke-gpu-sharing-strategy: time-sharing, cloud.google.com/gke-max-shared-clients-per-gpu: '8' | nvidia.com/gpu: 8       | 1, nvidia.com/gpu 0.125
          GKE MPS on two GPUs             |       | cloud.google.com/gke-gpu-sharing-strategy: mps, cloud.google.com/gke-max-shared-clients-per-gpu: '48'         | nvidia.com/gpu: 96      | 2, nvidia.com/gpu 0.0208
          GKE, by the count of GPUs       |       | cloud.google.com/gke-accelerator: nvidia-l4, cloud.google.com/gke-accelerator-count: '2'                      | nvidia.com/gpu: 6       | 2, nvidia.com/gpu 0.3333
          GKE, slices under the name of GPUs |    | cloud.google.com/gke-gpu-partition-size: 1g.5gb                       | nvidia.com/gpu: 14                                              | 2, nvidia.com/gpu 0.1429
          GKE, shared slices              |       | cloud.google.com/gke-gpu-partition-size: 3g.20gb, cloud.google.com/gke-max-shared-clients-per-gpu: '2'        | nvidia.com/gpu: 4       | 1, nvidia.com/gpu 0.25
          NVIDIA replicas and count       |       | nvidia.com/gpu.replicas: '10', nvidia.com/gpu.count: '1'              | nvidia.com/gpu: 10                                              | 1, nvidia.com/gpu 0.1
          NVIDIA replicas alone           |       | nvidia.com/gpu.replicas: '4'                                          | nvidia.com/gpu: 8                                               | 2, nvidia.com/gpu 0.25
          only one of two GPUs shared     |       | nvidia.com/gpu.replicas: '4', nvidia.com/gpu.count: '2'               | nvidia.com/gpu: 5                                               | 2, nvidia.com/gpu 0.4
          replicas with a name of their own |     | nvidia.com/gpu.replicas: '2', nvidia.com/gpu.count: '4'               | nvidia.com/gpu.shared: 8                                        | 4, nvidia.com/gpu.shared 0.5
          shares of nobody knows what     |       |                                                                       | nvidia.com/gpu.shared: 8                                        | 1?, nvidia.com/gpu.shared 0.125
          a product that is shared        |       | nvidia.com/gpu.product: Tesla-T4-SHARED                               | nvidia.com/gpu: 3                                               | 1?, nvidia.com/gpu 0.3333
          a strategy without replicas     |       | nvidia.com/gpu.sharing-strategy: mps                                  | nvidia.com/gpu: 5                                               | 1?, nvidia.com/gpu 0.2
          no sharing strategy             |       | nvidia.com/gpu.sharing-strategy: none, nvidia.com/gpu.replicas: '1'   | nvidia.com/gpu: 5                                               | 5, nvidia.com/gpu 1
          all GPUs in the same slices     |       | nvidia.com/gpu.product: A100-SXM4-40GB-MIG-1g.5gb, nvidia.com/gpu.count: '7' | nvidia.com/gpu: 7                                        | 1, nvidia.com/gpu 0.1429
          the same slices, shared         |       | nvidia.com/gpu.product: A100-SXM4-40GB-MIG-3g.20gb-SHARED, nvidia.com/gpu.count: '2', nvidia.com/gpu.replicas: '3' | nvidia.com/gpu: 6  | 1, nvidia.com/gpu 0.1667
          mixed slices                    |       |                                                                       | nvidia.com/mig-1g.5gb: 2, nvidia.com/mig-2g.10gb: 1, nvidia.com/mig-3g.20gb: 1 | 1, nvidia.com/mig-1g.5gb 0.1429, nvidia.com/mig-2g.10gb 0.2857, nvidia.com/mig-3g.20gb 0.4286
          mixed slices, shared            |       | nvidia.com/mig-1g.5gb.replicas: '2'                                   | nvidia.com/mig-1g.5gb: 14                                       | 1, nvidia.com/mig-1g.5gb 0.0714
          a GPU and slices of another     | has-2 |                                                                       | nvidia.com/gpu: 1, nvidia.com/mig-3g.20gb: 2                    | 2, nvidia.com/gpu 1, nvidia.com/mig-3g.20gb 0.4286
          the type knows better           | has-1 |                                                                       | nvidia.com/gpu: 8                                               | 1, nvidia.com/gpu 0.125
          the type knows, labels lie      | has-4 | nvidia.com/gpu.replicas: '2', nvidia.com/gpu.count: '16'              | nvidia.com/gpu: 32                                              | 4, nvidia.com/gpu 0.125
          shares of a known type          | has-4 |                                                                       | nvidia.com/gpu.shared: 40                                       | 4, nvidia.com/gpu.shared 0.1
          more than any machine has       |       |                                                                       | nvidia.com/gpu: 40                                              | 1?, nvidia.com/gpu 0.025
          more than Google attaches       |       | cloud.google.com/gke-accelerator: nvidia-tesla-t4                     | nvidia.com/gpu: 8                                               | 1?, nvidia.com/gpu 0.125
          fewer than the type has         | has-4 |                                                                       | nvidia.com/gpu: 3                                               | 4, nvidia.com/gpu 1
          not reported, known by the type | has-1 |                                                                       | cpu: 4                                                          | 1
          reported as none                | has-1 |                                                                       | nvidia.com/gpu: 0                                               | 1
          not reported, counted by label  |       | nvidia.com/gpu.present: 'true', nvidia.com/gpu.count: '8'             | cpu: 4                                                          | 8
          not reported, only present      |       | cloud.google.com/gke-accelerator: nvidia-tesla-t4                     | cpu: 4                                                          | 1?
          Neuron in three names           | has-1 |                                                                       | aws.amazon.com/neuron: 1, aws.amazon.com/neurondevice: 1, aws.amazon.com/neuroncore: 2 | 1, aws.amazon.com/neuron 1, aws.amazon.com/neuroncore 0.5, aws.amazon.com/neurondevice 1
          Trainium 2, eight cores         |       |                                                                       | aws.amazon.com/neuron: 16, aws.amazon.com/neuroncore: 128       | 16, aws.amazon.com/neuron 1, aws.amazon.com/neuroncore 0.125
          Inferentia, by core and type    | has-4 |                                                                       | aws.amazon.com/neuroncore: 16                                   | 4, aws.amazon.com/neuroncore 0.25
          Inferentia 2, by core alone     |       |                                                                       | aws.amazon.com/neuroncore: 4                                    | 2, aws.amazon.com/neuroncore 0.5
          TPU chips                       | has-4 |                                                                       | google.com/tpu: 4                                               | 4, google.com/tpu 1
          Gaudi                           | has-8 |                                                                       | habana.ai/gaudi: 8                                              | 8, habana.ai/gaudi 1
          Intel, counted by label         |       | gpu.intel.com/device.count: '2'                                       | gpu.intel.com/i915: 20                                          | 2, gpu.intel.com/i915 0.1
          Intel, counted by kind          |       | gpu.intel.com/device-id.0380-56c0.count: '1', gpu.intel.com/device-id.0380-56c1.count: '3' | gpu.intel.com/xe: 8                          | 4, gpu.intel.com/xe 0.5
          Intel, a count of no sense      |       | gpu.intel.com/device.count: '1e9', gpu.intel.com/device-id.0380-56c0.count: '-1' | gpu.intel.com/i915: 3                                  | 3, gpu.intel.com/i915 1
          an MI300X in eight              |       |                                                                       | amd.com/cpx_nps1: 8                                             | 1, amd.com/cpx_nps1 0.125
          two makers                      | has-1 |                                                                       | nvidia.com/gpu: 1, gpu.intel.com/i915: 1                        | 2, gpu.intel.com/i915 1, nvidia.com/gpu 1
          """)
  void countsDevices(String rule, String type, String labels, String capacity, String expected) {
    Node node = node(type, labels, capacity, capacity);

    assertThat(devices(node, capacity)).isEqualTo(expected);
    assertThat(node.allocatable().gpus()).isEqualTo(node.capacity().gpus());
  }

  /** One to 48 shares of one GPU are one GPU, whoever tells how many. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 7, 8, 10, 16, 33, 48})
  void sharesOfOneGpuAreOneGpu(int shares) {
    String capacity = "nvidia.com/gpu: " + shares;
    for (String labels :
        List.of(
            "cloud.google.com/gke-max-shared-clients-per-gpu: '%d'",
            "nvidia.com/gpu.replicas: '%d'",
            "nvidia.com/gpu.count: '1', nvidia.com/gpu.replicas: '%d'")) {
      Node node = node("", labels.formatted(shares), capacity, capacity);
      assertThat(node.capacity().gpus()).isEqualTo(1);
      assertThat(node.deviceShares().devices(Map.of("nvidia.com/gpu", 1.0)) * shares)
          .isCloseTo(1, offset(1e-12));
    }
    assertThat(node("has-1", "", capacity, capacity).capacity().gpus()).isEqualTo(1);
  }

  /** A value of no sense costs the sharing of its node and nothing else. */
  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "1e9", "1000000000", "99999999999999999999", "many", "", "2.5"})
  void aLabelOfNoSenseSaysNothing(String value) {
    for (String label :
        List.of(
            "nvidia.com/gpu.replicas",
            "nvidia.com/gpu.count",
            "cloud.google.com/gke-accelerator-count",
            "cloud.google.com/gke-max-shared-clients-per-gpu",
            "cloud.google.com/gke-gpu-partition-size",
            "nvidia.com/gpu.product")) {
      String labels = "%s: '%s'".formatted(label, value);
      assertThat(devices(node("", labels, "nvidia.com/gpu: 4", "cpu: 1"), "nvidia.com/gpu: 4"))
          .as(label)
          .isEqualTo("4, nvidia.com/gpu 1");
      assertThat(devices(node("has-2", labels, "nvidia.com/gpu: 4", "cpu: 1"), "nvidia.com/gpu: 4"))
          .as(label)
          .isEqualTo("2, nvidia.com/gpu 0.5");
    }
  }

  /** While a device plugin starts anew its pods hold what they held. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nvidia.com/gpu.count: '1', nvidia.com/gpu.replicas: '8'",
        "cloud.google.com/gke-accelerator: nvidia-l4,"
            + " cloud.google.com/gke-max-shared-clients-per-gpu: '8'",
      })
  void sharesAreSharesWhileNoneAreReported(String labels) {
    Node node = node("has-1", labels, "nvidia.com/gpu: 0", "nvidia.com/gpu: 0");

    assertThat(node.capacity().gpus()).isEqualTo(1);
    assertThat(node.deviceShares().devices(Map.of("nvidia.com/gpu", 2.0))).isEqualTo(0.25);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          all                    | nvidia.com/gpu: 8 | nvidia.com/gpu: 8 | 1
          half of the shares     | nvidia.com/gpu: 8 | nvidia.com/gpu: 4 | 0.5
          none                   | nvidia.com/gpu: 8 | nvidia.com/gpu: 0 | 0
          nothing said           | nvidia.com/gpu: 8 | cpu: 4            | 1
          more than there is     | nvidia.com/gpu: 8 | nvidia.com/gpu: 9 | 1
          """)
  void podsGetWhatIsAllocatable(String rule, String capacity, String allocatable, double expected) {
    assertThat(node("has-1", "", capacity, allocatable).allocatable().gpus()).isEqualTo(expected);
  }

  private static Node node(String type, String labels, String capacity, String allocatable) {
    return ClusterYaml.snapshot(
            """
            apiVersion: v1
            kind: Node
            metadata:
              name: n1
              labels: {node.kubernetes.io/instance-type: %s%s}
            status: {capacity: {%s}, allocatable: {%s}}
            """
                .formatted(
                    type == null || type.isEmpty() ? "''" : type,
                    labels == null || labels.isEmpty() ? "" : ", " + labels,
                    capacity,
                    allocatable),
            Set.of(),
            TYPES)
        .nodes()
        .get(0);
  }

  /** Devices, with a question mark where they are guessed; then what one unit of each name is. */
  private static String devices(Node node, String capacity) {
    List<String> text = new ArrayList<>();
    text.add(plain(node.capacity().gpus()) + (node.deviceShares().isGuessed() ? "?" : ""));
    for (String name :
        capacity
            .replaceAll(": \\d+", "")
            .transform(names -> List.of(names.split(", ", -1)))
            .stream()
            .sorted()
            .toList()) {
      double share = node.deviceShares().devices(Map.of(name, 1.0));
      if (share > 0 && !capacity.equals(name + ": 0")) {
        text.add(name + " " + plain(share));
      }
    }
    return String.join(", ", text);
  }

  private static String plain(double amount) {
    return BigDecimal.valueOf(amount)
        .setScale(4, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}

package io.namespend.exporter.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterYaml;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * GPUs that dynamic resource allocation hands out are requests of the pods that hold the claims.
 */
class DeviceClaimsTest {
  private static final String NODE_AND_PODS =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1, labels: {node.kubernetes.io/instance-type: has-4}}
      status: {capacity: {cpu: 4, memory: 16Gi}, allocatable: {cpu: 4, memory: 16Gi}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {namespace: ml, name: a}
      spec:
        nodeName: n1
        containers: [{name: c, resources: {requests: {cpu: 1}, claims: [{name: gpu}]}}]
        resourceClaims: [{name: gpu, resourceClaimTemplateName: single-gpu}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {namespace: ml, name: b}
      spec: {nodeName: n1, containers: [{name: c, resources: {requests: {cpu: 1}}}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {namespace: other, name: a}
      spec: {nodeName: n1, containers: [{name: c}]}
      """;

  private static final String SLICE =
      """
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceSlice
      metadata: {name: n1-gpu.nvidia.com}
      spec:
        driver: gpu.nvidia.com
        nodeName: n1
        pool: {name: n1, generation: 2, resourceSliceCount: 1}
        devices:
        - {name: gpu-0, attributes: {type: {string: gpu}, productName: {string: NVIDIA A100}}, capacity: {memory: {value: 40Gi}}}
        - {name: gpu-1, attributes: {type: {string: gpu}}, allowMultipleAllocations: true, capacity: {memory: {value: 40Gi}, cores: {value: '100'}}}
        - {name: gpu-1-part, attributes: {type: {string: mig}, profile: {string: 3g.20gb}, parentUUID: {string: GPU-1}}}
        - {name: gpu-1-all, attributes: {type: {string: mig}, profile: {string: 7g.40gb}, parentUUID: {string: GPU-1}}}
        - {name: gpu-1-vfio, attributes: {type: {string: vfio}}}
      """;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          one device                     | x: gpu-0                       | a         | ml/a 1
          two requests of a claim        | x: gpu-0, y: gpu-2             | a         | ml/a 2
          a slice                        | x: gpu-1-part                  | a         | ml/a 0.428571429
          a slice of an unknown device   | x: gpu-7-mig-1g.5gb-19-0       | a         | ml/a 0.142857143
          a whole GPU as one slice       | x: gpu-1-all                   | a         | ml/a 1
          two pods share a claim         | x: gpu-0                       | a b       | ml/a 0.5, ml/b 0.5
          a pod that is gone has its part | x: gpu-0                      | a gone    | ml/a 0.5
          nobody reserved it             | x: gpu-0                       |           |
          not allocated                  |                                | a         |
          twice the same device          | x: gpu-0, y: gpu-0             | a         | ml/a 1
          """)
  void aClaimIsARequestOfItsPods(String rule, String devices, String pods, String expected) {
    assertThat(requests(SLICE + claim("c1", "gpu.nvidia.com", devices, pods)))
        .isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "gpu.nvidia.com, 1",
    "gpu.amd.com, 1",
    "gpu.intel.com, 1",
    "gaudi.intel.com, 1",
    "tpu.google.com, 1",
    "neuron.aws.com, 1",
    "compute-domain.nvidia.com, 0",
    "dra.net, 0",
    "dra.cpu, 0",
    "example.com, 0",
    "gpu, 0",
    "'', 0"
  })
  void ofDriversOfAcceleratorsOnly(String driver, String expected) {
    assertThat(requests(claim("c1", driver, "x: gpu-0", "a")))
        .isEqualTo(expected.equals("0") ? "" : "ml/a " + expected);
  }

  @Test
  void severalClaimsAddUp() {
    assertThat(
            requests(
                claim("c1", "gpu.nvidia.com", "x: gpu-0", "a")
                    + claim("c2", "gpu.nvidia.com", "x: gpu-1", "a b")))
        .isEqualTo("ml/a 1.5, ml/b 0.5");
  }

  /** Claims that share a device pay for it once. */
  @Test
  void aDeviceIsDividedAmongItsClaims() {
    assertThat(
            requests(
                claim("c1", "gpu.nvidia.com", "x: gpu-0", "a")
                    + claim("c2", "gpu.nvidia.com", "x: gpu-0", "b")))
        .isEqualTo("ml/a 0.5, ml/b 0.5");
  }

  @Test
  void aPartOfADeviceIsTheLargestPartOfItsCapacity() {
    assertThat(
            requests(
                SLICE
                    + claim("c1", "gpu.nvidia.com", "x: gpu-1", "a")
                        .replace(
                            "device: gpu-1",
                            "device: gpu-1, consumedCapacity: {memory: 10Gi, cores: '50'}")
                    + claim("c2", "gpu.nvidia.com", "x: gpu-1", "b")
                        .replace(
                            "device: gpu-1", "device: gpu-1, consumedCapacity: {memory: 10Gi}")))
        .isEqualTo("ml/a 0.5, ml/b 0.25");
  }

  @Test
  void whoOnlyLooksHoldsNothing() {
    assertThat(
            requests(
                claim("c1", "gpu.nvidia.com", "x: gpu-0", "a")
                    .replace("device: gpu-0", "device: gpu-0, adminAccess: true")))
        .isEmpty();
  }

  /** The scheduler makes a claim of what is requested by name where a device class says so. */
  @Test
  void aRequestByNameThatIsAClaimCountsOnce() {
    String pods =
        NODE_AND_PODS.replaceFirst("cpu: 1}, claims", "cpu: 1, nvidia.com/gpu: 1}, claims");

    assertThat(gpus(snapshot(pods + claim("c1", "gpu.nvidia.com", "x: gpu-0", "a"))))
        .isEqualTo("ml/a 1");
  }

  /** Without claims, GPUs are there and nobody's: they are idle. */
  @Test
  void gpusThatNobodyClaimsAreFree() {
    Node node = snapshot(NODE_AND_PODS).nodes().get(0);

    assertThat(List.of(node.capacity().gpus(), node.allocatable().gpus()))
        .containsExactly(4.0, 4.0);
  }

  @ParameterizedTest
  @CsvSource({"has-0, 2", "has-1, 2", "has-4, 4"})
  void driversTellHowManyDevicesANodeHas(String type, double expected) {
    Node node = snapshot(NODE_AND_PODS.replace("has-4", type) + SLICE).nodes().get(0);

    assertThat(List.of(node.capacity().gpus(), node.allocatable().gpus()))
        .containsExactly(expected, expected);
  }

  /** Before v1beta2 a device has all in a field of its own. */
  @Test
  void readsSlicesOfOlderVersions() {
    String old =
        """
        ---
        apiVersion: resource.k8s.io/v1beta1
        kind: ResourceSlice
        metadata: {name: n1-gpu.nvidia.com}
        spec:
          driver: gpu.nvidia.com
          nodeName: n1
          pool: {name: n1}
          devices: [{name: part, basic: {attributes: {type: {string: mig}, profile: {string: 2g.10gb}}, capacity: {memory: {value: 10Gi}}}}]
        """;

    assertThat(requests(old + claim("c1", "gpu.nvidia.com", "x: part", "a")))
        .isEqualTo("ml/a 0.285714286");
    assertThat(snapshot(NODE_AND_PODS.replace("has-4", "x") + old).nodes().get(0).capacity().gpus())
        .as("the GPU that the slice is of")
        .isEqualTo(1);
  }

  private static String claim(String name, String driver, String devices, String pods) {
    return """
    ---
    apiVersion: resource.k8s.io/v1
    kind: ResourceClaim
    metadata: {namespace: ml, name: %s}
    spec: {devices: {requests: [{name: x, exactly: {deviceClassName: gpu}}]}}
    status:
      allocation: {devices: {results: [%s]}}
      reservedFor: [%s]
    """
        .formatted(
            name,
            devices == null
                ? ""
                : List.of(devices.split(", ", -1)).stream()
                    .map(
                        request ->
                            "{request: %s, driver: '%s', pool: n1, device: %s}"
                                .formatted(request.substring(0, 1), driver, request.substring(3)))
                    .collect(Collectors.joining(", ")),
            pods == null
                ? ""
                : List.of(pods.split(" ", -1)).stream()
                    .map(pod -> "{resource: pods, name: %s, uid: u-%s}".formatted(pod, pod))
                    .collect(Collectors.joining(", ")));
  }

  private static String requests(String claims) {
    return gpus(snapshot(NODE_AND_PODS + claims));
  }

  private static ClusterSnapshot snapshot(String yaml) {
    return ClusterYaml.snapshot(
        yaml,
        Set.of(),
        type -> type.startsWith("has-") ? Double.parseDouble(type.substring(4)) : 0);
  }

  /** Of the pods that hold any. */
  private static String gpus(ClusterSnapshot cluster) {
    return cluster.pods().stream()
        .filter(pod -> pod.request().gpus() > 0)
        .map(
            pod ->
                "%s/%s %s"
                    .formatted(
                        pod.namespace(),
                        pod.name(),
                        BigDecimal.valueOf(pod.request().gpus())
                            .round(new MathContext(9))
                            .stripTrailingZeros()
                            .toPlainString()))
        .collect(Collectors.joining(", "));
  }
}

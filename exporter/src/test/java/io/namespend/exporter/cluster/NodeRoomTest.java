package io.namespend.exporter.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NodeRoomTest {
  private static final String NODE =
      """
      kind: Node
      metadata: {name: n1}
      status:
        capacity: {cpu: 4, memory: 16Gi, nvidia.com/gpu: 1}
        allocatable: {cpu: 3800m, memory: 15Gi, nvidia.com/gpu: 1}
      """;
  private static final String RUNS = "{phase: Running, startTime: \"2026-11-20T07:00:00Z\"}";
  private static final String WAITS = "{phase: Pending}";

  @Test
  void whatNoKubeletHasTakenCountsAsFarAsThereIsRoom() {
    Map<String, Resources> requests =
        requests(
            pod("a", "cpu: 1, memory: 4Gi", RUNS),
            pod("evil-1", "cpu: 1e6, memory: 1Ei, nvidia.com/gpu: 1000", WAITS),
            pod("evil-2", "cpu: 2e6, memory: 1Gi", WAITS));

    assertThat(requireNonNull(requests.get("a"))).isEqualTo(Resources.ofGib(1, 4, 0));
    assertThat(requireNonNull(requests.get("evil-1")).cpuCores()).isCloseTo(1, within(1e-12));
    assertThat(requireNonNull(requests.get("evil-2")).cpuCores()).isCloseTo(2, within(1e-12));
    assertThat(
            requireNonNull(requests.get("evil-1")).memoryGib()
                + requireNonNull(requests.get("evil-2")).memoryGib())
        .isCloseTo(12, within(1e-9));
    assertThat(requireNonNull(requests.get("evil-1")).gpus()).isEqualTo(1);
  }

  @Test
  void whatFitsCountsWhole() {
    assertThat(requests(pod("a", "cpu: 1", RUNS), pod("starts", "cpu: 3", WAITS)))
        .containsEntry("starts", new Resources(3, 0, 0));
  }

  @Test
  void whatRunsKeepsItsRequestOnAFullNode() {
    assertThat(
            requests(
                pod("a", "cpu: 4", RUNS),
                pod("b", "cpu: 1", "{phase: Unknown}"),
                pod("taken", "cpu: 1", "{phase: Pending, startTime: \"2026-11-20T07:00:00Z\"}"),
                pod("evil", "cpu: 1", WAITS)))
        .containsEntry("a", new Resources(4, 0, 0))
        .containsEntry("b", new Resources(1, 0, 0))
        .containsEntry("taken", new Resources(1, 0, 0))
        .containsEntry("evil", Resources.NONE);
  }

  @Test
  void nodesThatAreNotThereHaveNoRoom() {
    assertThat(requests(pod("evil", "cpu: 1", WAITS).replace("n1", "elsewhere")))
        .containsEntry("evil", Resources.NONE);
  }

  private static Map<String, Resources> requests(String... pods) {
    return ClusterYaml.snapshot(
            Stream.concat(Stream.of(NODE), Stream.of(pods)).collect(Collectors.joining("---\n")))
        .pods()
        .stream()
        .collect(Collectors.toMap(Pod::name, Pod::request));
  }

  private static String pod(String name, String requests, String status) {
    return """
    kind: Pod
    metadata: {name: %s, namespace: %s}
    spec:
      nodeName: n1
      containers: [{name: c, resources: {requests: {%s}}}]
    status: %s
    """
        .formatted(name, name, requests, status);
  }
}

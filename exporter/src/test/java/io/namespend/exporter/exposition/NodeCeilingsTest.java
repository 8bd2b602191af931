package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterYaml;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is requested counts at most what its node has, and nobody else is touched. */
class NodeCeilingsTest {
  private static final String NODES =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1, labels: {node.kubernetes.io/instance-type: small}}
      status: {capacity: {cpu: 4, memory: 16Gi, nvidia.com/gpu: 2}}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: n2, labels: {node.kubernetes.io/instance-type: small}}
      status: {capacity: {cpu: 4, memory: 16Gi, nvidia.com/gpu: 2}}
      """;

  @Test
  void aPodTakesNoMoreThanItsNodeHas() {
    assertThat(requested(pod("a", "n1", "2", "4Gi"), pod("b", "n2", "1000000", "1Gi")))
        .isEqualTo("a: 2.0 cores 4.0 GiB, b: 4.0 cores 1.0 GiB");
  }

  @Test
  void podsTakeOfTheirNodeInTheOrderInWhichTheyWereScheduled() {
    assertThat(
            requested(
                pod("a", "n1", "1000000", "24Gi", 3),
                pod("b", "n1", "2", "8Gi", 1),
                pod("c", "n1", "1", "8Gi", 2),
                pod("d", "n2", "3", "12Gi", 9)))
        .isEqualTo(
            "a: 1.0 cores 0.0 GiB, b: 2.0 cores 8.0 GiB, c: 1.0 cores 8.0 GiB,"
                + " d: 3.0 cores 12.0 GiB");
  }

  @Test
  void thoseOfTheSameSecondShareWhatThereIs() {
    assertThat(
            requested(
                pod("a", "n1", "2", "8Gi"),
                pod("b", "n1", "6", "24Gi"),
                pod("c", "n2", "3", "12Gi")))
        .isEqualTo("a: 1.0 cores 4.0 GiB, b: 3.0 cores 12.0 GiB, c: 3.0 cores 12.0 GiB");
  }

  @Test
  void onlyTheResourceThatIsTooMuchIsLess() {
    assertThat(requested(pod("a", "n1", "2", "16Gi"), pod("b", "n1", "1", "16Gi")))
        .isEqualTo("a: 2.0 cores 8.0 GiB, b: 1.0 cores 8.0 GiB");
  }

  @Test
  void aPodThatWasNeverScheduledTakesNothing() {
    assertThat(
            requested(
                pod("a", "n1", "2", "4Gi"),
                pod("b", "n1", "1000000", "1Gi").replace("Running", "Pending")))
        .isEqualTo("a: 2.0 cores 4.0 GiB");
  }

  @Test
  void whatFillsANodeIsNotTouched() {
    assertThat(requested(pod("a", "n1", "1.7", "4Gi"), pod("b", "n1", "2.3", "12Gi")))
        .isEqualTo("a: 1.7 cores 4.0 GiB, b: 2.3 cores 12.0 GiB");
  }

  private static String pod(String namespace, String node, String cores, String memory) {
    return pod(namespace, node, cores, memory, 0);
  }

  private static String pod(
      String namespace, String node, String cores, String memory, int second) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {namespace: %s, name: app, creationTimestamp: '%s'}
    spec: {nodeName: %s, containers: [{name: app, resources: {requests: {cpu: '%s', memory: %s}}}]}
    status: {phase: Running}
    """
        .formatted(
            namespace,
            Instant.parse("2026-11-20T07:00:00Z").plusSeconds(second),
            node,
            cores,
            memory);
  }

  /** By namespace, as published. */
  private static String requested(String... pods) {
    ClusterSnapshot cluster =
        ClusterYaml.snapshot(NODES + "---\n" + String.join("---\n", List.of(pods)));
    String page =
        Exposition.text(
            Exposition.metrics(Map.of("small", 0.2), true)
                .of(cluster, Instant.parse("2026-11-20T08:00:00Z")));
    StringBuilder text = new StringBuilder();
    page.lines()
        .filter(line -> line.startsWith("namespend_workload_requested{"))
        .forEach(
            line -> {
              double value = Double.parseDouble(line.substring(line.indexOf(' ') + 1));
              if (line.contains("resource=\"cpu\"")) {
                text.append(text.isEmpty() ? "" : ", ")
                    .append(line.replaceFirst(".*namespace=\"(.*?)\".*", "$1"))
                    .append(": ")
                    .append(value)
                    .append(" cores");
              } else {
                text.append(" ").append(value / (1L << 30)).append(" GiB");
              }
            });
    return text.toString();
  }
}

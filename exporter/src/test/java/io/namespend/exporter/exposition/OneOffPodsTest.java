package io.namespend.exporter.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterYaml;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runners, builds and Jobs have a new name each time; it must not be a new workload each time. */
class OneOffPodsTest {
  private static final String RANDOM = "bcdfghjklmnpqrstvwxz2456789";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generateName: ci-",
        "ownerReferences: [{kind: Job, name: ci-%d, controller: true}]",
        "ownerReferences: [{kind: Workflow, name: ci-%2$s, controller: true}]",
        "ownerReferences: [{kind: TaskRun, name: ci-%d-%s, controller: true}]",
      })
  void aThousandPodsAreAThousandSeriesAndAHandful(String metadata) {
    StringBuilder yaml =
        new StringBuilder(
            """
            apiVersion: v1
            kind: Node
            metadata: {name: n1, labels: {node.kubernetes.io/instance-type: m5.large}}
            status: {capacity: {cpu: 2000, memory: 8000Gi}}
            """);
    for (int i = 0; i < 1000; i++) {
      yaml.append(
          """
          ---
          apiVersion: v1
          kind: Pod
          metadata: {namespace: ci, name: 'ci-%d-%s', %s}
          spec:
            nodeName: n1
            containers: [{name: c, resources: {requests: {cpu: 1, memory: 1Gi}}}]
          """
              .formatted(i, random(i), metadata.formatted(i, random(i))));
    }

    Map<String, Integer> series =
        series(
            Exposition.text(
                Exposition.metrics(Map.of("m5.large", 1.0), true)
                    .of(ClusterYaml.snapshot(yaml.toString(), Set.of("team")), Instant.EPOCH)));

    assertThat(series.remove("namespend_pod_request_hourly_cost")).isEqualTo(1000);
    assertThat(series)
        .containsEntry("namespend_workload_requested", 2)
        .containsEntry("namespend_workload_request_hourly_cost", 2)
        .containsEntry("namespend_workload_owner_info", 1);
    assertThat(series.values().stream().mapToInt(Integer::intValue).sum()).isLessThan(80);
  }

  private static String random(int seed) {
    StringBuilder text = new StringBuilder();
    int rest = seed * 7919 + 104_729;
    for (int i = 0; i < 5; i++) {
      text.append(RANDOM.charAt(rest % RANDOM.length()));
      rest = rest / RANDOM.length() + seed;
    }
    return text.toString();
  }

  private static Map<String, Integer> series(String exposition) {
    Map<String, Integer> counts = new TreeMap<>();
    exposition
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> counts.merge(line.replaceFirst("[{ ].*", ""), 1, Integer::sum));
    return counts;
  }
}

package io.namespend.exporter.cluster.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.cluster.json.LabelFilter;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadLabelsTest {
  private static final Workload WEB = new Workload("shop", "statefulset", "web");

  @Test
  void aWorkloadHasTheLabelsOfItsFirstPodThatWereAskedFor() {
    ClusterSnapshot cluster =
        ClusterYaml.snapshot(
            pod("web-1", "{team: later, app: web}")
                + "---\n"
                + pod("web-0", "{team: first, app: web}"),
            Set.of("team", "squad"));

    assertThat(cluster.workloads()).containsOnly(Map.entry(WEB, Map.of("team", "first")));
  }

  @Test
  void aWorkloadMayHaveNoSuchLabels() {
    assertThat(ClusterYaml.snapshot(pod("web-0", "{app: web}"), Set.of("team")).workloads())
        .isEqualTo(Map.of(WEB, Map.of()));
    assertThat(ClusterYaml.snapshot(pod("web-0", "{team: a}")).workloads())
        .isEqualTo(Map.of(WEB, Map.of()));
  }

  @Test
  void aWorkloadWithoutPodsIsLeftOut() {
    assertThat(
            ClusterYaml.snapshot(
                    """
                    apiVersion: apps/v1
                    kind: StatefulSet
                    metadata: {namespace: shop, name: web, labels: {team: a}}
                    """,
                    Set.of("team"))
                .workloads())
        .isEmpty();
  }

  @Test
  void aLabelOfTheWorkloadGoesOverThatOfItsPodsUnlessItIsEmpty() {
    assertThat(teamOf("{team: of-the-workload}", "{team: of-the-pods}"))
        .isEqualTo(Map.of("team", "of-the-workload"));
    assertThat(teamOf("{team: \"\"}", "{team: of-the-pods}"))
        .isEqualTo(Map.of("team", "of-the-pods"));
  }

  private static Map<String, String> teamOf(String workload, String pod) {
    ClusterSnapshot cluster =
        ClusterYaml.snapshot(
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {namespace: shop, name: web, labels: %s}
            ---
            """
                    .formatted(workload)
                + pod("web-0", pod),
            Set.of("team"));
    return cluster.workloads().getOrDefault(WEB, Map.of());
  }

  @Test
  void podsWithEqualLabelsShareOneCopy() {
    LabelFilter filter = new LabelFilter(Set.of("team"));

    assertThat(filter.kept(ClusterYaml.object("labels: {team: a, pod: '1'}")))
        .isSameAs(filter.kept(ClusterYaml.object("labels: {team: a, pod: '2'}")))
        .isEqualTo(Map.of("team", "a"));
    assertThat(filter.kept(ClusterYaml.object("labels: {team: ''}"))).isEmpty();
    assertThat(filter.kept(ClusterYaml.object("name: web"))).isEmpty();
  }

  @Test
  void ofANamespaceOnlyOurAnnotationsAreKept() {
    ClusterSnapshot cluster =
        ClusterYaml.snapshot(
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, annotations: {namespend.io/team: a, kubernetes.io/large: b}}
            """);

    assertThat(cluster.namespaces())
        .containsExactly(new Namespace("shop", Map.of(), Map.of("namespend.io/team", "a")));
  }

  private static String pod(String name, String labels) {
    return """
    apiVersion: v1
    kind: Pod
    metadata:
      namespace: shop
      name: %s
      labels: %s
      ownerReferences: [{kind: StatefulSet, name: web, controller: true}]
    spec: {nodeName: n1}
    """
        .formatted(name, labels);
  }
}

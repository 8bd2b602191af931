package io.namespend.exporter.cluster.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.cluster.json.LabelFilter;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.store.Held;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodFactsTest {
  @ParameterizedTest(name = "spec {0}, status {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {nodeName: n1} | {phase: Running}   | counted
          {nodeName: n1} | {phase: Pending}   | left out
          {nodeName: n1} | {phase: Pending, startTime: '2026-11-20T08:00:00Z'} | counted
          {nodeName: n1} | {phase: Pending, conditions: [{type: PodScheduled, status: 'True', lastTransitionTime: '2026-11-20T08:00:00Z'}]}  | counted
          {nodeName: n1} | {phase: Pending, conditions: [{type: PodScheduled, status: 'False', lastTransitionTime: '2026-11-20T08:00:00Z'}]} | left out
          {nodeName: n1} | {phase: Unknown}   | counted
          {nodeName: n1} | {}                 | counted
          {nodeName: n1} |                    | counted
          {nodeName: n1} | {phase: Succeeded} | left out
          {nodeName: n1} | {phase: Failed}    | left out
          {nodeName: ''} | {phase: Pending}   | left out
          {}             | {phase: Pending}   | left out
                         | {phase: Pending}   | left out
          """)
  void aPodCountsWhileItHoldsAPlaceOnANode(String spec, String status, String expected) {
    Optional<PodFacts> facts =
        facts("{namespace: shop, name: web-1}", "spec: " + spec + "\nstatus: " + status);

    assertThat(facts.isPresent() ? "counted" : "left out").isEqualTo(expected);
  }

  @Test
  void keepsWhatItsCostAndWorkloadDependOn() {
    assertThat(
            facts(
                """
                namespace: shop
                name: web-7f9c-x2x4z
                labels: {app: web, team: checkout, pod-template-hash: 7f9c}
                ownerReferences: [{kind: ReplicaSet, name: web-7f9c, controller: true}]
                """,
                """
                spec:
                  nodeName: n1
                  containers: [{name: app, resources: {requests: {cpu: 500m, memory: 2Gi}}}]
                """))
        .contains(
            new PodFacts(
                "shop",
                "web-7f9c-x2x4z",
                "n1",
                Optional.of(new OwnerRef("ReplicaSet", "web-7f9c")),
                "7f9c",
                Resources.ofGib(0.5, 2, 0),
                Map.of(),
                Optional.empty(),
                Map.of("team", "checkout"),
                Held.UNKNOWN));
  }

  @Test
  void onlyTheControllingOwnerIsAnOwner() {
    assertThat(
            facts(
                """
                namespace: shop
                name: web-1
                ownerReferences:
                - {kind: ConfigMap, name: settings}
                - {kind: Lease, name: leader, controller: false}
                - {kind: StatefulSet, name: web, controller: true}
                """,
                "spec: {nodeName: n1}"))
        .get()
        .extracting(PodFacts::owner)
        .isEqualTo(Optional.of(new OwnerRef("StatefulSet", "web")));
  }

  private static Optional<PodFacts> facts(String metadata, String rest) {
    return PodFacts.of(
        ClusterYaml.object("apiVersion: v1\nkind: Pod\nmetadata:\n" + metadata.indent(2) + rest),
        new LabelFilter(Set.of("team")));
  }
}

package io.namespend.exporter.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.namespend.exporter.cluster.node.InstanceTypes;
import io.namespend.exporter.cluster.node.NodeLabels;
import io.namespend.exporter.cluster.watch.WatchTiming;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster listed once, with what its objects' authors labelled. */
class ClusterListingTest {
  private static final Set<String> LABELS = Set.of("team");
  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1, labels: {node.kubernetes.io/instance-type: m5.large}}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {team: web, tier: a}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {namespace: shop, name: cart, labels: {team: own, app: cart}}
      spec: {selector: {}, template: {metadata: {labels: {team: template}}}}
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {namespace: shop, name: db}
      spec: {selector: {}, serviceName: db, template: {metadata: {labels: {team: template}}}}
      ---
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {namespace: shop, name: agent, labels: {team: own}}
      ---
      apiVersion: batch/v1
      kind: CronJob
      metadata: {namespace: shop, name: nightly}
      spec: {schedule: x, jobTemplate: {metadata: {labels: {team: job}}, spec: {template: {metadata: {labels: {team: template}}}}}}
      ---
      apiVersion: batch/v1
      kind: Job
      metadata:
        namespace: shop
        name: nightly-1
        ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: nightly, uid: u3, controller: true}]
      ---
      apiVersion: batch/v1
      kind: Job
      metadata: {namespace: shop, name: once}
      spec: {template: {metadata: {labels: {app: once}}}}
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        namespace: shop
        name: nightly-1-abcde
        ownerReferences: [{apiVersion: batch/v1, kind: Job, name: nightly-1, uid: u4, controller: true}]
      spec: {nodeName: n1, containers: [{name: app, resources: {requests: {cpu: 250m}}}]}
      """;

  private StandInApiServer api;

  @BeforeEach
  void serve() {
    api = StandInApiServer.start();
    api.apply(CLUSTER);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void readsWholeObjectsPageByPage() throws InterruptedException {
    api.serveNoMoreThan(1);

    SurveyedCluster cluster = survey();

    assertThat(ClusterText.of(cluster.snapshot()))
        .isEqualTo(
            """
            node n1 m5.large
            namespace shop
            pod nightly-1-abcde on n1: cronjob/nightly asks for 0.25 cores
            """);
    assertThat(cluster.objects())
        .containsExactlyInAnyOrder(
            new LabelledObject(
                "namespace", "shop", "shop", Map.of("team", "web"), Optional.empty()),
            workload("deployment", "cart", Map.of("team", "own"), Map.of("team", "template")),
            workload("statefulset", "db", Map.of(), Map.of("team", "template")),
            workload("daemonset", "agent", Map.of("team", "own"), Map.of()),
            workload("cronjob", "nightly", Map.of(), Map.of("team", "template")),
            workload("job", "once", Map.of(), Map.of()));
  }

  @Test
  void whoMayNotReadNodesGetsAClusterWithoutThem() throws InterruptedException {
    api.fail("/api/v1/nodes", ApiFaults.status(403));

    SurveyedCluster cluster = survey();

    assertThat(cluster.snapshot().nodes()).isEmpty();
    assertThat(cluster.objects()).hasSize(6);
  }

  @Test
  void anythingElseThatCannotBeReadIsAnError() {
    api.fail("/apis/apps/v1/deployments", ApiFaults.status(403));

    assertThatThrownBy(this::survey)
        .isInstanceOf(UnreadableClusterException.class)
        .hasMessageContainingAll("cannot read deployments", "HTTP 403");

    api.heal("/apis/apps/v1/deployments");
    api.fail("/api/v1/nodes", ApiFaults.status(500));

    assertThatThrownBy(this::survey)
        .isInstanceOf(UnreadableClusterException.class)
        .hasMessageContainingAll("cannot read nodes", "HTTP 500");
  }

  private SurveyedCluster survey() throws InterruptedException {
    try (KubernetesClient client = StandInApiServer.clientFor(api.port())) {
      return ClusterListing.survey(
          client,
          WatchTiming.DEFAULTS,
          NodeLabels.keeping(Set.of()),
          LABELS,
          InstanceTypes.UNKNOWN);
    }
  }

  private static LabelledObject workload(
      String kind, String name, Map<String, String> labels, Map<String, String> templateLabels) {
    return new LabelledObject(kind, "shop", name, labels, Optional.of(templateLabels));
  }
}

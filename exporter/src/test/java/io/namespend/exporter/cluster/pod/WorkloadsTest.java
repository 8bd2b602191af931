package io.namespend.exporter.cluster.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterRecords;
import io.namespend.exporter.cluster.ClusterYaml;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
  private static final String POD_OF_A_TEMPLATE =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        namespace: shop
        name: web-7f9c-x2x4z
        labels: {pod-template-hash: 7f9c}
        ownerReferences: [{kind: ReplicaSet, name: web-7f9c, controller: true}]
      spec: {nodeName: n1}
      """;

  @Test
  void aDeploymentIsFoundThroughItsReplicaSet() {
    assertThat(
            workloadOf(
                POD_OF_A_TEMPLATE
                    + """
                    ---
                    apiVersion: apps/v1
                    kind: ReplicaSet
                    metadata:
                      namespace: shop
                      name: web-7f9c
                      ownerReferences: [{kind: Deployment, name: web, controller: true}]
                    """))
        .isEqualTo("shop deployment/web");
  }

  @Test
  void aDeploymentIsGuessedFromTheTemplateHashWhereReplicaSetsAreNotKnown() {
    assertThat(workloadOf(POD_OF_A_TEMPLATE)).isEqualTo("shop deployment/web");
  }

  @Test
  void aReplicaSetOfTheSameNameElsewhereIsAnother() {
    assertThat(
            workloadOf(
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  namespace: shop
                  name: web-x2x4z
                  ownerReferences: [{kind: ReplicaSet, name: web, controller: true}]
                spec: {nodeName: n1}
                ---
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata:
                  namespace: other
                  name: web
                  ownerReferences: [{kind: Deployment, name: not-mine, controller: true}]
                """))
        .isEqualTo("shop replicaset/web");
  }

  @Test
  void aReplicaSetOfNobodyStandsForItselfEvenWithATemplateHash() {
    assertThat(
            workloadOf(
                POD_OF_A_TEMPLATE
                    + """
                    ---
                    apiVersion: apps/v1
                    kind: ReplicaSet
                    metadata: {namespace: shop, name: web-7f9c}
                    """))
        .isEqualTo("shop replicaset/web-7f9c");
  }

  @Test
  void anUnknownReplicaSetWithoutATemplateHashStandsForItself() {
    assertThat(
            workloadOf(
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  namespace: shop
                  name: web-x2x4z
                  ownerReferences: [{kind: ReplicaSet, name: web, controller: true}]
                spec: {nodeName: n1}
                """))
        .isEqualTo("shop replicaset/web");
  }

  @Test
  void anArgoRolloutIsFoundThroughItsReplicaSet() {
    assertThat(
            workloadOf(
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  namespace: shop
                  name: web-5d4f-x2x4z
                  labels: {rollouts-pod-template-hash: 5d4f}
                  ownerReferences: [{kind: ReplicaSet, name: web-5d4f, controller: true}]
                spec: {nodeName: n1}
                ---
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata:
                  namespace: shop
                  name: web-5d4f
                  ownerReferences: [{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web, controller: true}]
                """))
        .isEqualTo("shop rollout/web");
  }

  @Test
  void aCronJobIsFoundThroughItsJob() {
    assertThat(
            workloadOf(
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  namespace: shop
                  name: report-29012345-x2x4z
                  ownerReferences: [{kind: Job, name: report-29012345, controller: true}]
                spec: {nodeName: n1}
                ---
                apiVersion: batch/v1
                kind: Job
                metadata:
                  namespace: shop
                  name: report-29012345
                  ownerReferences: [{kind: CronJob, name: report, controller: true}]
                """))
        .isEqualTo("shop cronjob/report");
  }

  @Test
  void aCronJobIsGuessedFromTheScheduledTimeWhereJobsAreNotKnown() {
    assertThat(
            workloadOf(
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  namespace: shop
                  name: report-29012345-x2x4z
                  ownerReferences: [{kind: Job, name: report-29012345, controller: true}]
                spec: {nodeName: n1}
                """))
        .isEqualTo("shop cronjob/report");
  }

  @Test
  void aJobOfNobodyIsNoCronJobsEvenWithATimeInItsName() {
    assertThat(
            workloadOf(
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  namespace: shop
                  name: import-20261101-x2x4z
                  ownerReferences: [{kind: Job, name: import-20261101, controller: true}]
                spec: {nodeName: n1}
                ---
                apiVersion: batch/v1
                kind: Job
                metadata: {namespace: shop, name: import-20261101}
                """))
        .isEqualTo("shop job/import");
  }

  @Test
  void anUnknownJobWithoutATimeInItsNameStandsForItself() {
    assertThat(workloadOf(pod("import-x2x4z", "{kind: Job, name: import, controller: true}")))
        .isEqualTo("shop job/import");
  }

  @Test
  void aStatefulSetOwnsItsPods() {
    assertThat(workloadOf(pod("db-0", "{kind: StatefulSet, name: db, controller: true}")))
        .isEqualTo("shop statefulset/db");
  }

  @Test
  void aDaemonSetOwnsItsPods() {
    assertThat(workloadOf(pod("agent-x2x4z", "{kind: DaemonSet, name: agent, controller: true}")))
        .isEqualTo("shop daemonset/agent");
  }

  @Test
  void aCustomControllerOwnsItsPods() {
    assertThat(
            workloadOf(pod("etl-driver", "{kind: SparkApplication, name: etl, controller: true}")))
        .isEqualTo("shop sparkapplication/etl");
  }

  @Test
  void aStaticPodIsOneWorkloadOnAllItsNodes() {
    assertThat(
            workloadOf(
                pod(
                    "kube-proxy-ip-10-0-0-1.ec2.internal",
                    "{kind: Node, name: ip-10-0-0-1.ec2.internal, controller: true}")))
        .isEqualTo("shop staticpod/kube-proxy");
  }

  @Test
  void aPodOfNobodyStandsForItself() {
    assertThat(workloadOf(pod("debug", ""))).isEqualTo("shop pod/debug");
  }

  @Test
  void labelsOfTheWorkloadItselfGoOverThoseOfItsPods() {
    ClusterRecords records = new ClusterRecords(Set.of(), Set.of("team", "product"));
    ClusterYaml.objects(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              namespace: shop
              name: db-0
              labels: {team: by-pod, product: orders, app: db}
              ownerReferences: [{kind: StatefulSet, name: db, controller: true}]
            spec: {nodeName: n1}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {namespace: shop, name: db, labels: {team: data, app: db}}
            """)
        .forEach(records::add);

    assertThat(records.snapshot().workloads())
        .isEqualTo(
            Map.of(
                new Workload("shop", "statefulset", "db"),
                Map.of("team", "data", "product", "orders")));
  }

  private static String pod(String name, String owner) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {namespace: shop, name: %s, ownerReferences: [%s]}
    spec: {nodeName: n1}
    """
        .formatted(name, owner);
  }

  private static String workloadOf(String yaml) {
    return ClusterYaml.snapshot(yaml).pods().stream()
        .map(Pod::workload)
        .map(found -> found.namespace() + " " + found.type() + "/" + found.name())
        .collect(Collectors.joining(", "));
  }
}

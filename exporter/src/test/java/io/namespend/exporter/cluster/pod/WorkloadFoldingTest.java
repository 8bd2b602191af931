package io.namespend.exporter.cluster.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterRecords;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.cluster.node.InstanceTypes;
import io.namespend.exporter.cluster.node.NodeLabels;
import io.namespend.exporter.settings.Wildcard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadFoldingTest {
  /** Of the third column is which owner; the last is the workload. */
  @ParameterizedTest
  @CsvSource({
    // Without an owner.
    "debug,                                     '',        '', pod/debug",
    "ci-x7k2p,                                  ci-,       '', pod/ci",
    "runner-abc-project-7-concurrent-0-9bzdk,   '',        '',"
        + " pod/runner-abc-project-7-concurrent-0",
    "web-1,                                     '',        '', pod/web-1",
    "550e8400-e29b-41d4-a716-446655440000,      '',        '', pod/pod",
    // Jobs: even a short number tells only which run it is.
    "p,  '', Job/migrate,                                      job/migrate",
    "p,  '', Job/import-42,                                    job/import",
    "p,  '', Job/import-2026-11-28,                            job/import",
    "p,  '', Job/import-20261128t073000z,                      job/import",
    "p,  '', Job/import-550e8400-e29b-41d4-a716-446655440000,  job/import",
    "p,  '', Job/load-test-3f2a9c1b,                           job/load-test",
    "p,  '', Job/load-test-x7k2p-9bzdk,                        job/load-test",
    "p,  '', Job/1764312345,                                   job/job",
    "p,  '', Job/sync-https,                                   job/sync-https",
    "p,  '', Job/sync-python3,                                 job/sync-python3",
    // Custom resources that run once, and others, of which a number may tell one that lasts.
    "p,  '', Workflow/etl-hourly-9bzdk,                        workflow/etl-hourly",
    "p,  '', TaskRun/build-17-lint,                            taskrun/build-17-lint",
    "p,  '', TaskRun/build-17,                                 taskrun/build",
    "p,  '', EphemeralRunner/arc-runner-9bzdk,                 ephemeralrunner/arc-runner",
    "p,  '', Cluster/pg-1,                                     cluster/pg-1",
    "p,  '', Cluster/pg-20261128,                              cluster/pg",
    // What lasts, whatever its name.
    "p,  '', StatefulSet/db-42,                                statefulset/db-42",
    "p,  '', StatefulSet/db-9bzdk,                             statefulset/db-9bzdk",
    "p,  '', DaemonSet/agent-20261128,                         daemonset/agent-20261128",
    "p,  '', ReplicaSet/web-9bzdk,                             replicaset/web-9bzdk",
    "p,  '', Rollout/web-20261128,                             rollout/web-20261128",
    "p,  '', StrimziPodSet/kafka-9bzdk,                        strimzipodset/kafka-9bzdk",
  })
  void isFoldedByItsOwnersKindAndName(
      String pod, String generateName, String owner, String workload) {
    assertThat(workload(pod(pod, generateName, owner, ""), WorkloadFolding.USUAL))
        .isEqualTo(workload);
  }

  @Test
  void aDeploymentOfAGeneratedNameIsNotFolded() {
    assertThat(
            workload(
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  namespace: ci
                  name: web-9bzdk-7f9c-x2x4z
                  generateName: web-9bzdk-7f9c-
                  labels: {pod-template-hash: 7f9c}
                  ownerReferences: [{kind: ReplicaSet, name: web-9bzdk-7f9c, controller: true}]
                spec: {nodeName: n1}
                """,
                WorkloadFolding.USUAL))
        .isEqualTo("deployment/web-9bzdk");
  }

  @Test
  void aJobOfACronJobIsTheCronJobs() {
    String job =
        """
        ---
        apiVersion: batch/v1
        kind: Job
        metadata:
          namespace: ci
          name: report-29407590
          ownerReferences: [{kind: CronJob, name: report-1, controller: true}]
        """;
    assertThat(workload(pod("p", "", "Job/report-29407590", "") + job, WorkloadFolding.USUAL))
        .isEqualTo("cronjob/report-1");
  }

  @Test
  void aJobOfAnotherResourceIsFoldedAsThat() {
    String job =
        """
        ---
        apiVersion: batch/v1
        kind: Job
        metadata:
          namespace: ci
          name: train-9bzdk-head
          ownerReferences: [{kind: RayJob, name: train-9bzdk, controller: true}]
        """;
    assertThat(workload(pod("p", "", "Job/train-9bzdk-head", "") + job, WorkloadFolding.USUAL))
        .isEqualTo("rayjob/train");
  }

  @Test
  void thePolicySaysWhatElseIsOneWorkload() {
    WorkloadFolding folding =
        new WorkloadFolding(
            "ci.example.com/pipeline",
            List.of(
                new WorkloadFolding.Fold("Cluster", new Wildcard("pg-*"), Optional.of("postgres")),
                new WorkloadFolding.Fold("pod", new Wildcard("agent-*"), Optional.empty())),
            true);

    assertThat(workload(pod("p", "", "Cluster/pg-1", ""), folding)).isEqualTo("cluster/postgres");
    assertThat(workload(pod("agent-7", "", "", ""), folding)).isEqualTo("pod/agent");
    assertThat(workload(pod("x", "x-", "", "ci.example.com/pipeline: nightly"), folding))
        .isEqualTo("pod/nightly");
    assertThat(workload(pod("x", "", "Workflow/w-1", "ci.example.com/pipeline: nightly"), folding))
        .isEqualTo("workflow/nightly");
    assertThat(workload(pod("x", "", "StatefulSet/db", "ci.example.com/pipeline: n"), folding))
        .isEqualTo("statefulset/db");
  }

  @Test
  void nothingIsFoldedWhereThePolicySaysSo() {
    WorkloadFolding folding = new WorkloadFolding("", List.of(), false);

    assertThat(workload(pod("ci-x7k2p", "ci-", "", ""), folding)).isEqualTo("pod/ci-x7k2p");
    assertThat(workload(pod("p", "", "Job/import-42", ""), folding)).isEqualTo("job/import-42");
  }

  /** To fold them together would move money from one to the other. */
  @Test
  void podsOfTwoOwnersAreTwoWorkloads() {
    ClusterSnapshot cluster =
        snapshot(
            pod("ci-a", "ci-", "", "team: web")
                + "---\n"
                + pod("ci-b", "ci-", "", "team: data")
                + "---\n"
                + pod("ci-c", "ci-", "", "")
                + "---\n"
                + pod("ci-d", "ci-", "", "team: web"),
            WorkloadFolding.USUAL);

    assertThat(cluster.workloads())
        .isEqualTo(
            Map.of(
                new Workload("ci", "pod", "ci@web"), Map.of("team", "web"),
                new Workload("ci", "pod", "ci@data"), Map.of("team", "data"),
                new Workload("ci", "pod", "ci"), Map.of()));
  }

  @Test
  void labelsOfAJobCountAsThoseOfItsPods() {
    String jobs =
        IntStream.rangeClosed(1, 3)
            .mapToObj(
                run ->
                    pod("p" + run, "", "Job/import-" + run, "")
                        + """
                        ---
                        apiVersion: batch/v1
                        kind: Job
                        metadata: {namespace: ci, name: import-%d, labels: {team: %s}}
                        """
                            .formatted(run, run < 3 ? "web" : "data"))
            .collect(Collectors.joining("---\n"));

    assertThat(snapshot(jobs, WorkloadFolding.USUAL).workloads())
        .isEqualTo(
            Map.of(
                new Workload("ci", "job", "import@web"), Map.of("team", "web"),
                new Workload("ci", "job", "import@data"), Map.of("team", "data")));
  }

  private static String workload(String yaml, WorkloadFolding folding) {
    Workload workload = snapshot(yaml, folding).pods().get(0).workload();
    return workload.type() + "/" + workload.name();
  }

  private static ClusterSnapshot snapshot(String yaml, WorkloadFolding folding) {
    ClusterRecords records =
        new ClusterRecords(
            NodeLabels.keeping(Set.of()), Set.of("team"), InstanceTypes.UNKNOWN, folding);
    ClusterYaml.objects(yaml).forEach(records::add);
    return records.snapshot();
  }

  /**
   * @param owner as kind/name; empty for none
   */
  private static String pod(String name, String generateName, String owner, String labels) {
    String[] parts = owner.split("/", -1);
    return """
    apiVersion: v1
    kind: Pod
    metadata: {namespace: ci, name: %s, generateName: '%s', labels: {%s}, ownerReferences: [%s]}
    spec: {nodeName: n1}
    """
        .formatted(
            name,
            generateName,
            labels,
            owner.isEmpty()
                ? ""
                : "{kind: %s, name: '%s', controller: true}".formatted(parts[0], parts[1]));
  }
}

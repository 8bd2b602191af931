package io.namespend.exporter.cluster;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.watch.KindSync;
import io.namespend.exporter.cluster.watch.WatchTiming;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchedClusterTest {
  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);

  private static final String SHOP =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      """;
  private static final String REPLICA_SET =
      """
      apiVersion: apps/v1
      kind: ReplicaSet
      metadata:
        namespace: shop
        name: web-7f9c
        ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: u1, controller: true}]
      """;
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        namespace: shop
        name: web-7f9c-x2x4z
        ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-7f9c, uid: u2, controller: true}]
      spec:
        nodeName: n1
        containers: [{name: app, resources: {requests: {cpu: 500m}}}]
      status: {phase: Running}
      """;
  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata:
        namespace: shop
        name: nightly-1
        ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: nightly, uid: u3, controller: true}]
      """;
  private static final String JOB_POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        namespace: shop
        name: nightly-1-abcde
        ownerReferences: [{apiVersion: batch/v1, kind: Job, name: nightly-1, uid: u4, controller: true}]
      spec:
        nodeName: n1
        containers: [{name: app, resources: {requests: {cpu: 250m}}}]
      """;

  @Test
  void seesWhatIsThereWhenItStarts() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      api.apply(String.join("---\n", Watched.NODE, SHOP, REPLICA_SET, POD, JOB, JOB_POD));

      cluster.start();

      eventually(
          () -> {
            assertThat(cluster.isSynced()).isTrue();
            assertThat(ClusterText.of(cluster.snapshot()))
                .isEqualTo(
                    """
                    node n1 m5.large
                    namespace shop
                    pod nightly-1-abcde on n1: cronjob/nightly asks for 0.25 cores
                    pod web-7f9c-x2x4z on n1: deployment/web asks for 0.5 cores
                    """);
          });
    }
  }

  @Test
  void seesAdditionsChangesAndDeletions() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      cluster.start();
      eventually(() -> assertThat(cluster.isSynced()).isTrue());
      assertThat(ClusterText.of(cluster.snapshot())).isEmpty();

      api.apply(String.join("---\n", Watched.NODE, SHOP, POD));
      eventually(
          () ->
              assertThat(ClusterText.of(cluster.snapshot()))
                  .isEqualTo(
                      """
                      node n1 m5.large
                      namespace shop
                      pod web-7f9c-x2x4z on n1: replicaset/web-7f9c asks for 0.5 cores
                      """));

      api.apply(REPLICA_SET);
      api.apply(POD.replace("500m", "750m"));
      eventually(
          () ->
              assertThat(ClusterText.of(cluster.snapshot()))
                  .isEqualTo(
                      """
                      node n1 m5.large
                      namespace shop
                      pod web-7f9c-x2x4z on n1: deployment/web asks for 0.75 cores
                      """));

      api.delete(POD);
      api.delete(Watched.NODE);
      eventually(
          () -> assertThat(ClusterText.of(cluster.snapshot())).isEqualTo("namespace shop\n"));
    }
  }

  @Test
  void aPodThatFinishesHoldsNothingAnyLonger() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      api.apply(POD);
      cluster.start();
      eventually(() -> assertThat(cluster.snapshot().pods()).hasSize(1));

      api.apply(POD.replace("Running", "Succeeded"));

      eventually(() -> assertThat(cluster.snapshot().pods()).isEmpty());
    }
  }

  @Test
  void isNotSyncedBeforeItIsStarted() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      assertThat(cluster.isSynced()).isFalse();
      assertThat(cluster.syncs())
          .extracting(KindSync::kind)
          .contains("nodes", "namespaces", "pods", "replicasets", "jobs");
      assertThat(cluster.syncs())
          .allSatisfy(
              sync -> {
                assertThat(sync.lastHeard()).isEmpty();
                assertThat(sync.objects()).isZero();
                assertThat(sync.failures().values()).containsOnly(0L);
              });
    }
  }

  @Test
  void isSilentOnceClosedAndCanBeClosedTwice() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster open = watch(api.port())) {
      WatchedCluster closed = watch(api.port());
      closed.start();
      open.start();
      eventually(() -> assertThat(closed.isSynced()).isTrue());

      closed.close();
      closed.close();
      api.apply(Watched.NODE);

      eventually(() -> assertThat(ClusterText.of(open.snapshot())).isEqualTo("node n1 m5.large\n"));
      assertThat(ClusterText.of(closed.snapshot())).isEmpty();
    }
  }

  private static WatchedCluster watch(int port) {
    return new WatchedCluster(
        StandInApiServer.clientFor(port), CLOCK, Set.of(), Set.of(), WatchTiming.DEFAULTS);
  }
}

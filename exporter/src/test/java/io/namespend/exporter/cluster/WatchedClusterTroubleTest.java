package io.namespend.exporter.cluster;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** A watch whose API server is away, refuses, or has forgotten. */
class WatchedClusterTroubleTest {
  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

  private static final String NODE =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1, labels: {node.kubernetes.io/instance-type: m5.large}}
      status: {capacity: {cpu: '2', memory: 8Gi}}
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
  void waitsForAnApiServerThatIsAwayAndReadsItWhenItComes() {
    int port = FakeApiServer.freePort();
    try (WatchedCluster cluster = watch(port)) {
      cluster.start(() -> {});
      assertThat(cluster.isSynced()).isFalse();

      try (FakeApiServer api = FakeApiServer.startOn(port)) {
        api.create(NODE);

        eventually(() -> assertThat(cluster.isSynced()).isTrue());
        eventually(() -> assertThat(text(cluster)).isEqualTo("node n1 m5.large\n"));
      }
    }
  }

  @Test
  void keepsWorkingWhereOneKindIsForbidden() {
    try (FakeApiServer api = FakeApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      api.create(String.join("---\n", NODE, JOB, JOB_POD));
      api.refuse("/apis/batch/v1/jobs", 403);
      cluster.start(() -> {});

      eventually(
          () ->
              assertThat(cluster.syncs())
                  .filteredOn(sync -> sync.lastHeard().isPresent())
                  .extracting(KindSync::kind)
                  .contains("nodes", "namespaces", "pods", "replicasets")
                  .doesNotContain("jobs"));
      assertThat(cluster.isSynced()).isFalse();
      assertThat(text(cluster))
          .isEqualTo(
              """
              node n1 m5.large
              pod nightly-1-abcde on n1: job/nightly-1 asks for 0.25 cores
              """);

      api.allow("/apis/batch/v1/jobs");
      eventually(() -> assertThat(cluster.isSynced()).isTrue());
      assertThat(text(cluster)).contains("cronjob/nightly asks for 0.25 cores");
    }
  }

  @Test
  void keepsWhatItKnowsAndSaysHowOldItIsWhileTheApiServerIsAway() {
    var clock = new MovingClock(START);
    try (FakeApiServer api = FakeApiServer.start();
        WatchedCluster cluster = new WatchedCluster(FakeApiServer.clientFor(api.port()), clock)) {
      api.create(NODE);
      cluster.start(() -> {});
      eventually(() -> assertThat(cluster.isSynced()).isTrue());
      int port = api.port();

      api.stop();
      clock.now = START.plusSeconds(60);
      eventually(
          () -> {
            cluster.syncs();
            clock.now = clock.now.plusSeconds(60);
            Instant before = heard(cluster, "nodes");
            clock.now = clock.now.plusSeconds(60);
            assertThat(heard(cluster, "nodes")).isEqualTo(before);
          });
      assertThat(cluster.isSynced()).as("it was read once").isTrue();
      assertThat(text(cluster)).isEqualTo("node n1 m5.large\n");

      eventually(() -> assertThat(FakeApiServer.isFree(port)).isTrue());
      try (FakeApiServer again = FakeApiServer.startOn(port)) {
        again.create(NODE.replace("n1", "n2"));
        eventually(() -> assertThat(heard(cluster, "nodes")).isEqualTo(clock.now));
      }
    }
  }

  @Test
  void forgetsWhatWasDeletedWhileItCouldNotWatch() {
    int port = FakeApiServer.freePort();
    try (WatchedCluster cluster = watch(port)) {
      try (FakeApiServer api = FakeApiServer.startOn(port)) {
        api.create(NODE);
        cluster.start(() -> {});
        eventually(() -> assertThat(cluster.isSynced()).isTrue());
        assertThat(text(cluster)).isEqualTo("node n1 m5.large\n");
      }
      eventually(() -> assertThat(FakeApiServer.isFree(port)).isTrue());

      try (FakeApiServer api = FakeApiServer.startForgetfulOn(port)) {
        api.create(NODE.replace("n1", "n2"));

        eventually(() -> assertThat(text(cluster)).isEqualTo("node n2 m5.large\n"));
      }
    }
  }

  @Test
  void oneObjectThatCannotBeReadDoesNotHideTheOthers() {
    try (FakeApiServer api = FakeApiServer.start();
        WatchedCluster cluster = watch(api.port())) {
      api.create(NODE);
      api.create(NODE.replace("n1", "n2").replace("'2'", "plenty"));
      cluster.start(() -> {});

      eventually(() -> assertThat(cluster.isSynced()).isTrue());
      assertThat(text(cluster)).isEqualTo("node n1 m5.large\n");
      api.create(NODE.replace("n1", "n3"));
      eventually(() -> assertThat(text(cluster)).contains("n3"));
    }
  }

  private static WatchedCluster watch(int port) {
    return new WatchedCluster(FakeApiServer.clientFor(port), Clock.fixed(START, ZoneOffset.UTC));
  }

  private static String text(WatchedCluster cluster) {
    return ClusterText.of(cluster.snapshot());
  }

  private static Instant heard(WatchedCluster cluster, String kind) {
    return cluster.syncs().stream()
        .filter(sync -> sync.kind().equals(kind))
        .findAny()
        .flatMap(KindSync::lastHeard)
        .orElseThrow();
  }

  private static final class MovingClock extends Clock {
    private volatile Instant now;

    MovingClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}

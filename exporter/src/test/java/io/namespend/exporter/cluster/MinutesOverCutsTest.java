package io.namespend.exporter.cluster;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.namespend.exporter.MovingClock;
import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.cluster.store.Minute;
import io.namespend.exporter.cluster.watch.KindSync;
import io.namespend.exporter.cluster.watch.WatchTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Minutes of an exporter that could not follow the API server for a while, and of two exporters.
 */
class MinutesOverCutsTest {
  private static final Instant EIGHT = Instant.parse("2026-11-20T08:00:00Z");
  private static final int MINUTES = 8;

  private static final WatchTiming TIMING =
      new WatchTiming(
          Duration.ofMinutes(1),
          Duration.ofMinutes(3),
          Duration.ofMillis(20),
          Duration.ofMillis(50));

  private final MovingClock clock = new MovingClock(EIGHT);

  /**
   * @param isForgotten whether the API server still has the changes of that time, or only what is
   *     there now
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCutOfTwoMinutesLosesNoMoreThanWhatTheApiServerForgot(boolean isForgotten) {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api)) {
      api.apply(NODE);
      api.apply(pod("old", "07:00:00"));
      start(cluster);
      Map<String, Double> seconds = new TreeMap<>();

      until("08:00:30");
      api.stop();
      eventually(() -> assertThat(pods(cluster).trouble()).isPresent());
      api.apply(pod("stays", "08:00:40"));
      api.apply(finished("ended", "08:01:00", "08:01:20"));
      api.apply(finished("gone", "08:01:00", "08:01:25"));
      api.delete(finished("gone", "08:01:00", "08:01:25"));
      until("08:02:20");
      addMinute(seconds, cluster, 0);
      addMinute(seconds, cluster, 1);

      until("08:02:30");
      if (isForgotten) {
        api.forgetPast();
      }
      api.startAgain();
      // A change that is told shows that all before it was.
      eventually(() -> assertThat(pods(cluster).objects()).isGreaterThan(1));
      api.apply(pod("new", "08:02:30"));
      eventually(() -> assertThat(pods(cluster).isCurrent()).isTrue());
      eventually(
          () ->
              assertThat(cluster.snapshot().pods())
                  .extracting(Pod::name)
                  .containsExactly("new", "old", "stays"));
      for (int minute = 2; minute < MINUTES; minute++) {
        until("08:0" + (minute + 1) + ":20");
        addMinute(seconds, cluster, minute);
      }

      assertThat(seconds)
          .containsEntry("old", 480.0)
          .containsEntry("stays", 440.0)
          .containsEntry("new", 330.0)
          .containsEntry("ended", 20.0);
      assertThat(seconds.getOrDefault("gone", 0.0)).isEqualTo(isForgotten ? 0 : 25);
      assertThat(pods(cluster).blindSeconds()).isCloseTo(120, within(1.0));
    }
  }

  @Test
  void twoExportersThatStartedAtDifferentTimesPublishTheSameMinutes() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster first = watch(api);
        WatchedCluster second = watch(api)) {
      api.apply(NODE);
      api.apply(pod("old", "07:00:00"));
      start(first);
      until("08:00:10");
      api.apply(pod("long", "08:00:10"));
      eventually(() -> assertThat(first.snapshot().pods()).hasSize(2));
      until("08:00:40");
      start(second);
      for (int minute = 0; minute < 3; minute++) {
        String name = "job-" + minute;
        until("08:0" + minute + ":50");
        api.apply(pod(name, "08:0" + minute + ":45"));
        bothHave(first, second, name, true);
        until("08:0" + (minute + 1) + ":08");
        api.apply(finished(name, "08:0" + minute + ":45", "08:0" + (minute + 1) + ":05"));
        bothHave(first, second, name, false);
        until("08:0" + (minute + 1) + ":20");

        Minute published = new Minute(EIGHT.plusSeconds(60L * minute));
        ClusterSnapshot ofFirst = first.during(published);
        assertThat(second.during(published)).isEqualTo(ofFirst);
        assertThat(ofFirst.pods()).extracting(Pod::name).contains("long", "old", name);
      }
    }
  }

  private static void bothHave(
      WatchedCluster first, WatchedCluster second, String name, boolean isThere) {
    eventually(
        () -> {
          for (WatchedCluster each : Set.of(first, second)) {
            assertThat(each.snapshot().pods().stream().anyMatch(pod -> pod.name().equals(name)))
                .isEqualTo(isThere);
          }
        });
  }

  private void until(String time) {
    clock.pass(Duration.between(clock.instant(), Instant.parse("2026-11-20T" + time + "Z")));
  }

  /** Adds the seconds that a minute says of each pod. */
  private static void addMinute(
      Map<String, Double> seconds, WatchedCluster cluster, int minuteAfterEight) {
    cluster
        .during(new Minute(EIGHT.plusSeconds(60L * minuteAfterEight)))
        .pods()
        .forEach(
            pod ->
                seconds.merge(
                    pod.name(), (double) Math.round(60 * pod.request().cpuCores()), Double::sum));
  }

  private static KindSync pods(WatchedCluster cluster) {
    return cluster.syncs().stream()
        .filter(sync -> sync.kind().equals("pods"))
        .findFirst()
        .orElseThrow();
  }

  private static void start(WatchedCluster cluster) {
    cluster.start();
    eventually(() -> assertThat(cluster.isSynced()).isTrue());
  }

  private WatchedCluster watch(StandInApiServer api) {
    return new WatchedCluster(
        StandInApiServer.clientFor(api.port()), clock, Set.of(), Set.of(), TIMING);
  }

  private static final String NODE =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1, creationTimestamp: '2026-11-20T07:00:00Z'}
      status: {capacity: {cpu: 64, memory: 256Gi}}
      """;

  private static String pod(String name, String scheduled) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {namespace: shop, name: %s}
    spec:
      nodeName: n1
      containers: [{name: app, resources: {requests: {cpu: 1}}}]
    status:
      phase: Running
      conditions: [{type: PodScheduled, status: 'True', lastTransitionTime: '2026-11-20T%sZ'}]
    """
        .formatted(name, scheduled);
  }

  private static String finished(String name, String scheduled, String finished) {
    return pod(name, scheduled).replace("phase: Running", "phase: Succeeded").stripTrailing()
        + "\n  containerStatuses: [{name: app, state: {terminated: {finishedAt: '2026-11-20T%sZ'}}}]\n"
            .formatted(finished);
  }
}

package io.namespend.exporter.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.cluster.json.Copies;
import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.json.LabelFilter;
import io.namespend.exporter.cluster.json.ObjectKey;
import io.namespend.exporter.cluster.pod.PodFacts;
import io.namespend.exporter.cluster.pod.PodTimes;
import io.namespend.exporter.cluster.pod.ResolvedPods;
import io.namespend.exporter.cluster.pod.WorkloadFolding;
import io.namespend.exporter.cluster.store.MinuteRecords.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/** Which seconds of pods are in which minute, whatever is told of them and when. */
class TimedStoreTest {
  private final TimedStore<PodFacts> store =
      new TimedStore<>(
          Kind.PODS,
          pod -> PodFacts.life(pod, new LabelFilter(Set.of()), WorkloadFolding.USUAL),
          PodTimes::deleted,
          ResolvedPods.ORDER,
          pod -> pod,
          new Copies(),
          new Room(10_000_000));

  @Test
  void aPodIsPaidFromWhenItIsScheduledUntilItsLastContainerFinished() {
    listed();
    put("08:00:05", pod("job", "08:00:04"));
    put("08:00:31", finished(pod("job", "08:00:04"), "08:00:24"));

    assertThat(minute("08:00")).isEqualTo("job 1 cpu: 20 s");
    assertThat(minute("08:01")).isEmpty();
  }

  @Test
  void aPodOfSeveralMinutesIsInEachOfThem() {
    listed();
    put("08:00:05", pod("job", "08:00:04"));
    assertThat(minute("08:00")).isEqualTo("job 1 cpu: 56 s");
    assertThat(minute("08:01")).isEqualTo("job whole");
    put("08:03:00", finished(pod("job", "08:00:04"), "08:02:59"));
    assertThat(minute("08:02")).isEqualTo("job 1 cpu: 59 s");
    assertThat(minute("08:03")).isEmpty();
  }

  @Test
  void whatBeginsAfterTheMinuteIsNotInIt() {
    listed();
    put("08:01:10", pod("job", "08:01:09"));

    assertThat(minute("08:00")).isEmpty();
  }

  @Test
  void aPodThatWasDeletedBeforeItFinishedEndsWhenThatIsTold() {
    listed();
    put("08:00:05", pod("web", "08:00:00"));
    remove("08:00:40", pod("web", "08:00:00"));

    assertThat(minute("08:00")).isEqualTo("web 1 cpu: 40 s");
  }

  @Test
  void aDeletionThatIsToldLateEndsAtMostWhenItsTimeToEndWasOver() {
    listed();
    put("08:00:01", pod("web", "08:00:00"));
    remove(
        "08:00:55",
        pod("web", "08:00:00")
            .replace(
                "name: web",
                "name: web, deletionTimestamp: '2026-11-20T08:00:10Z', deletionGracePeriodSeconds:"
                    + " 0")
            .replace("nodeName:", "terminationGracePeriodSeconds: 5\n  nodeName:"));

    assertThat(minute("08:00")).isEqualTo("web 1 cpu: 15 s");
  }

  @Test
  void aPodIsResizedWithinAMinute() {
    listed();
    put("07:00:00", pod("web", "07:00:00"));
    put("08:00:20", pod("web", "07:00:00").replace("cpu: 1", "cpu: 2"));
    put("08:00:50", pod("web", "07:00:00").replace("cpu: 1", "cpu: 4"));

    assertThat(minute("08:00")).isEqualTo("web 1 cpu: 20 s, 2 cpu: 30 s, 4 cpu: 10 s");
    assertThat(minute("08:01")).isEqualTo("web whole");
  }

  @Test
  void whatDoesNotConcernTheRequestPartsNoMinute() {
    listed();
    put("07:00:00", pod("web", "07:00:00"));
    put("08:00:20", pod("web", "07:00:00").replace("{namespace", "{labels: {a: b}, namespace"));

    assertThat(minute("08:00")).isEqualTo("web whole");
  }

  @Test
  void theNextPodOfANameIsAnother() {
    listed();
    put("08:00:00", pod("db-0", "07:00:00"));
    remove("08:00:10", finished(pod("db-0", "07:00:00"), "08:00:09"));
    put("08:00:20", pod("db-0", "08:00:19").replace("cpu: 1", "cpu: 2"));

    assertThat(minute("08:00")).isEqualTo("db-0 1 cpu: 9 s, 2 cpu: 41 s");
  }

  @Test
  void anEndThatWasNotToldIsAtMostTheBeginOfTheNextPodOfTheName() {
    listed();
    put("08:00:00", pod("db-0", "07:00:00"));
    put("08:00:20", pod("db-0", "08:00:19"));

    assertThat(minute("08:00")).isEqualTo("db-0 1 cpu: 19 s, 1 cpu: 41 s");
  }

  @Test
  void whoStartsLaterKnowsTheSameOfThePodsThatFinishedAndAreStillThere() {
    put("08:01:02", finished(pod("job-1", "07:59:04"), "08:00:24"));
    put("08:01:02", finished(pod("job-2", "08:00:30"), "08:00:33"));
    put("08:01:02", pod("web", "07:00:00"));
    store.retain(keys("job-1", "job-2", "web"), time("08:01:02"));

    assertThat(minute("08:00")).isEqualTo("job-1 1 cpu: 24 s\njob-2 1 cpu: 3 s\nweb whole");
  }

  @Test
  void whatIsToldTwiceIsPaidOnce() {
    listed();
    put("08:00:05", pod("job", "08:00:04"));
    put("08:00:31", finished(pod("job", "08:00:04"), "08:00:24"));
    assertThat(minute("08:00")).isEqualTo("job 1 cpu: 20 s");
    put("08:01:17", finished(pod("job", "08:00:04"), "08:00:24"));
    assertThat(minute("08:01")).isEmpty();
    put("08:02:30", finished(pod("job", "08:00:04"), "08:00:24"));
    store.relists(time("08:02:40"));
    put("08:02:50", finished(pod("job", "08:00:04"), "08:00:24"));
    store.retain(keys("job"), time("08:02:40"));

    assertThat(minute("08:02")).isEmpty();
    assertThat(minute("08:03")).isEmpty();
  }

  @Test
  void whatARelistAfterACutFindsIsMadeUpForInTheMinutesThatFollow() {
    listed();
    put("08:00:00", pod("web", "07:00:00"));
    // Nothing is heard from 08:00:30 on.
    minute("08:00");
    minute("08:01");
    store.cut(time("08:00:30"));
    store.relists(time("08:00:30"));
    put("08:02:30", finished(pod("short", "08:00:40"), "08:01:10"));
    put("08:02:30", finished(pod("long", "08:00:40"), "08:02:10"));
    put("08:02:30", pod("new", "08:01:20"));
    put("08:02:30", pod("web", "07:00:00"));
    store.retain(keys("short", "long", "new", "web"), time("08:00:30"));

    // Lacked 30, 80 and 40 seconds; 10 and 60 are of the minute itself.
    assertThat(minute("08:02"))
        .isEqualTo(
            """
            long 1 cpu: 60 s, 1 cpu: 10 s
            new 1 cpu: 40 s, 1 cpu: 60 s
            short 1 cpu: 30 s
            web whole\
            """);
    assertThat(minute("08:03")).isEqualTo("long 1 cpu: 20 s\nnew whole\nweb whole");
    assertThat(minute("08:04")).isEqualTo("new whole\nweb whole");
  }

  @Test
  void aPodOfAReplayedCutIsMadeUpForAsLongAsItLived() {
    listed();
    minute("08:00");
    minute("08:01");
    store.cut(time("08:00:30"));
    store.resumed(time("08:02:30"));
    put("08:02:30", pod("short", "08:00:40"));
    put("08:02:30", finished(pod("short", "08:00:40"), "08:00:55"));
    put("08:02:30", pod("gone", "08:00:40"));
    remove("08:02:30", finished(pod("gone", "08:00:40"), "08:00:47"));

    assertThat(minute("08:02")).isEqualTo("gone 1 cpu: 7 s\nshort 1 cpu: 15 s");
    assertThat(minute("08:03")).isEmpty();
  }

  @Test
  void whatIsGoneAfterACutEndsWhenItWasLastHeardOf() {
    listed();
    put("08:00:00", pod("web", "07:00:00"));
    store.relists(time("08:00:30"));
    store.retain(keys(), time("08:00:30"));

    assertThat(minute("08:00")).isEqualTo("web 1 cpu: 30 s");
  }

  @Test
  void anHourThatNobodyFollowedIsNotPaidInTheNext() {
    listed();
    minute("08:00");
    minute("09:00");
    store.cut(time("08:00:30"));
    store.relists(time("08:00:30"));
    put("09:01:30", pod("web", "08:00:40"));
    store.retain(keys("web"), time("08:00:30"));

    for (int after = 1; after <= 10; after++) {
      assertThat(minute("09:%02d".formatted(after))).isEqualTo("web 1 cpu: 60 s, 1 cpu: 60 s");
    }
    assertThat(minute("09:11")).isEqualTo("web whole");
  }

  @Test
  void whatIsNewsOfAWatchThatWorksDidNotBeginLongAgo() {
    listed();
    minute("08:00");
    put("08:02:10", pod("web", "01:00:00"));

    assertThat(minute("08:01")).isEqualTo("web 1 cpu: 20 s, 1 cpu: 60 s");
  }

  @Test
  void aPodCountsOnlyWhileItsNodeIsThere() {
    listed();
    put("08:00:00", pod("web", "07:00:00"));

    assertThat(
            text(
                store.during(
                    new Minute(time("08:00:00")),
                    pod -> List.of(new Window(second("08:00:00"), second("08:00:25"))))))
        .isEqualTo("web 1 cpu: 25 s");
  }

  @Test
  void aPodThatNeverHeldAnythingCostsNothing() {
    listed();
    put(
        "08:00:20",
        """
        apiVersion: v1
        kind: Pod
        metadata: {namespace: shop, name: huge, creationTimestamp: '2026-11-20T08:00:00Z'}
        spec: {nodeName: n1, containers: [{name: app, resources: {requests: {cpu: '1000000'}}}]}
        status: {phase: Pending}
        """);
    put(
        "08:00:20",
        """
        apiVersion: v1
        kind: Pod
        metadata: {namespace: shop, name: rejected, creationTimestamp: '2026-11-20T08:00:00Z'}
        spec: {nodeName: n1, containers: [{name: app, resources: {requests: {cpu: '1000000'}}}]}
        status: {phase: Failed, reason: OutOfcpu}
        """);

    assertThat(minute("08:00")).isEmpty();
  }

  @Test
  void aPodWithoutTimesIsThereFromWhenItIsTold() {
    put("07:59:00", pod("old", "").replaceAll("(?m)^status:.*$", "status: {phase: Running}"));
    store.retain(keys("old"), time("07:59:00"));
    put("08:00:45", pod("new", "").replaceAll("(?m)^status:.*$", "status: {phase: Running}"));

    assertThat(minute("08:00")).isEqualTo("new 1 cpu: 15 s\nold whole");
  }

  @Test
  void thoseWhoMakeAndDeletePodsTakeTheMemoryOfNobody() {
    listed();
    for (int i = 0; i < PastLives.MOST_OF_NAMESPACE + 1_000; i++) {
      String name = "p" + i;
      put("08:00:05", pod(name, "08:00:04").replace("shop", "noisy"));
      remove("08:00:06", pod(name, "08:00:04").replace("shop", "noisy"));
    }
    put("08:00:05", pod("job", "08:00:04"));
    remove("08:00:31", finished(pod("job", "08:00:04"), "08:00:24"));

    assertThat(store.dropped()).isEqualTo(1_000);
    MinuteRecords<PodFacts> minute = minuteOf("08:00");
    assertThat(minute.records()).hasSize(PastLives.MOST_OF_NAMESPACE + 1);
    assertThat(minute.records().get(minute.records().size() - 1).name()).isEqualTo("job");

    // Nobody asks for a while.
    put("08:05:05", pod("later", "08:05:04").replace("shop", "noisy"));
    remove("08:05:06", pod("later", "08:05:04").replace("shop", "noisy"));
    assertThat(store.dropped()).isEqualTo(1_000);
  }

  private void listed() {
    store.retain(keys(), time("06:00:00"));
  }

  private void put(String heard, String yaml) {
    store.put(ClusterYaml.object(yaml), time(heard));
  }

  private void remove(String heard, String yaml) {
    store.remove(ClusterYaml.object(yaml), time(heard));
  }

  private static Set<ObjectKey> keys(String... names) {
    Set<ObjectKey> keys = new HashSet<>();
    for (String name : names) {
      keys.add(new ObjectKey("shop", name));
    }
    return keys;
  }

  /** A running pod. */
  private static String pod(String name, String scheduled) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {namespace: shop, name: %s}
    spec:
      nodeName: n1
      containers: [{name: app, resources: {requests: {cpu: 1}}}]
    status: {phase: Running, startTime: '2026-11-20T%2$sZ', conditions: [{type: PodScheduled, status: 'True', lastTransitionTime: '2026-11-20T%2$sZ'}]}
    """
        .formatted(name, scheduled);
  }

  private static String finished(String pod, String at) {
    return pod.replace(
        "phase: Running,",
        "phase: Succeeded, containerStatuses: [{name: app, state: {terminated: {finishedAt: '2026-11-20T%sZ'}}}],"
            .formatted(at));
  }

  private MinuteRecords<PodFacts> minuteOf(String begin) {
    return store.during(new Minute(time(begin + ":00")), pod -> null);
  }

  private String minute(String begin) {
    return text(minuteOf(begin));
  }

  private static String text(MinuteRecords<PodFacts> minute) {
    List<String> lines = new ArrayList<>();
    for (PodFacts pod : minute.records()) {
      List<MinuteRecords.Part<PodFacts>> parts = minute.parts().get(pod);
      StringJoiner seconds = new StringJoiner(", ");
      if (parts != null) {
        parts.forEach(
            part ->
                seconds.add(
                    "%.0f cpu: %d s"
                        .formatted(part.record().request().cpuCores(), part.window().seconds())));
      }
      lines.add(pod.name() + " " + (parts == null ? "whole" : seconds.toString()));
    }
    return String.join("\n", lines);
  }

  private static Instant time(String text) {
    return Instant.parse("2026-11-20T" + text + "Z");
  }

  private static long second(String text) {
    return time(text).getEpochSecond();
  }
}

package io.namespend.exporter.cluster;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.watch.KindSync;
import io.namespend.exporter.cluster.watch.SyncFailure;
import io.namespend.exporter.cluster.watch.WatchTiming;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong: what was read last stays, the trouble is told, and it heals by itself. */
class WatchFaultTest {
  /** Gives up soon. */
  private static final WatchTiming HASTY =
      new WatchTiming(
          Duration.ofMillis(400),
          Duration.ofMillis(400),
          Duration.ofMillis(5),
          Duration.ofMillis(40));

  private static final String NEXT_NODE = Watched.NODE.replace("n1", "n2");

  private static final String LIST = "/api/v1/nodes\\?limit";
  private static final String WATCH = "/api/v1/nodes\\?watch";

  static Stream<Arguments> answersThatAreNone() {
    return Stream.of(
        Arguments.of("401", ApiFaults.status(401), SyncFailure.UNAUTHORIZED),
        Arguments.of("403", ApiFaults.status(403), SyncFailure.FORBIDDEN),
        Arguments.of("404", ApiFaults.status(404), SyncFailure.NOT_SERVED),
        Arguments.of("410", ApiFaults.status(410), SyncFailure.GONE),
        Arguments.of("429", ApiFaults.status(429), SyncFailure.SERVER_ERROR),
        Arguments.of("500", ApiFaults.status(500), SyncFailure.SERVER_ERROR),
        Arguments.of("503", ApiFaults.status(503), SyncFailure.SERVER_ERROR),
        Arguments.of("418", ApiFaults.status(418), SyncFailure.OTHER),
        Arguments.of(
            "no HTTP", ApiFaults.bytes("\u0000\u0001garbage\n\n"), SyncFailure.UNREACHABLE),
        Arguments.of("nothing", ApiFaults.bytes(""), SyncFailure.UNREACHABLE),
        Arguments.of("no JSON", ApiFaults.content("<html>login</html>"), SyncFailure.MALFORMED),
        Arguments.of("no list", ApiFaults.content("{}"), SyncFailure.MALFORMED),
        Arguments.of("an array", ApiFaults.content("[1, 2]"), SyncFailure.MALFORMED),
        Arguments.of(
            "half", ApiFaults.content("{\"items\": [{\"metadata\""), SyncFailure.MALFORMED),
        Arguments.of("too deep", ApiFaults.content("[".repeat(100_000)), SyncFailure.MALFORMED),
        Arguments.of(
            "cut off",
            ApiFaults.bytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"items\": ["),
            SyncFailure.UNREACHABLE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersThatAreNone")
  void startsOnceTheListIsAnswered(String name, StandInApiServer.Fault fault, SyncFailure failure) {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port(), Watched.PATIENT)) {
      api.apply(Watched.NODE);
      api.fail(LIST, fault);
      cluster.start();

      eventually(() -> assertThat(failures(cluster, failure)).isGreaterThan(1));
      assertThat(cluster.isSynced()).as("nodes are essential").isFalse();
      assertThat(nodes(cluster).trouble()).contains(failure);

      api.heal(LIST);
      eventually(() -> assertThat(cluster.isSynced()).isTrue());
      api.sendBookmarks();
      eventually(() -> assertThat(nodes(cluster).trouble()).isEmpty());
      assertThat(text(cluster)).isEqualTo("node n1 m5.large\n");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersThatAreNone")
  void keepsWhatItKnowsWhileTheApiServerIsInTrouble(
      String name, StandInApiServer.Fault fault, SyncFailure failure) throws IOException {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = started(api, Watched.PATIENT)) {
      api.fail(LIST, fault);
      api.fail(WATCH, fault);
      api.breakConnections();

      eventually(() -> assertThat(failures(cluster, failure)).isGreaterThan(1));
      Instant last = nodes(cluster).lastHeard().orElseThrow();
      long failuresThen = failures(cluster, failure);
      eventually(() -> assertThat(failures(cluster, failure)).isGreaterThan(failuresThen + 2));
      assertThat(text(cluster)).isEqualTo("node n1 m5.large\n");
      assertThat(nodes(cluster).lastHeard()).as("an error is no news").contains(last);
      assertThat(nodes(cluster).isCurrent()).isFalse();
      assertThat(cluster.isSynced()).isTrue();

      api.apply(NEXT_NODE);
      api.delete(Watched.NODE);
      api.heal(LIST);
      api.heal(WATCH);
      eventually(() -> assertThat(text(cluster)).isEqualTo("node n2 m5.large\n"));
      assertThat(nodes(cluster).lastHeard().orElseThrow()).isAfter(last);
      api.sendBookmarks();
      eventually(() -> assertThat(nodes(cluster).isCurrent()).isTrue());
    }
  }

  static Stream<Arguments> silences() {
    return Stream.of(
        Arguments.of("no answer at all", ApiFaults.silence()),
        Arguments.of("headers without end", ApiFaults.slowHeaders()),
        Arguments.of(
            "a body that stops",
            ApiFaults.beginning("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"items\": [")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("silences")
  void givesUpAnAnswerThatDoesNotCome(String name, StandInApiServer.Fault fault) {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = watch(api.port(), HASTY)) {
      api.apply(Watched.NODE);
      api.fail("/api/v1/nodes", fault);
      cluster.start();

      eventually(() -> assertThat(failures(cluster, SyncFailure.STALLED)).isGreaterThan(1));
      api.heal("/api/v1/nodes");

      eventually(() -> assertThat(text(cluster)).isEqualTo("node n1 m5.large\n"));
    }
  }

  @Test
  void aWatchThatHearsNothingAnyMoreIsNoticedAndHeals() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = started(api, HASTY)) {
      api.freezeWatches();
      api.delete(Watched.NODE);
      api.apply(NEXT_NODE);
      assertThat(text(cluster)).as("nobody told").isEqualTo("node n1 m5.large\n");

      eventually(() -> assertThat(text(cluster)).isEqualTo("node n2 m5.large\n"));
      assertThat(failures(cluster, SyncFailure.STALLED)).isPositive();
    }
  }

  @Test
  void aQuietWatchWithBookmarksIsNotDisturbedAndKnownToBeCurrent() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = started(api, Watched.PATIENT)) {
      Instant last = nodes(cluster).lastHeard().orElseThrow();
      int watchesSoFar = api.requests(WATCH).size();

      api.bookmark();
      eventually(() -> assertThat(nodes(cluster).lastHeard().orElseThrow()).isAfter(last));
      assertThat(api.requests(WATCH)).hasSize(watchesSoFar);
      assertThat(api.requests(WATCH).get(0).target())
          .contains("allowWatchBookmarks=true", "timeoutSeconds=10");
    }
  }

  /** What the client believes is not news: only the server's word is. */
  @Test
  void isNotCurrentOnlyBecauseAConnectionIsOpen() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = started(api, Watched.PATIENT)) {
      Instant last = nodes(cluster).lastHeard().orElseThrow();

      assertThat(nodes(cluster).lastHeard()).contains(last);
    }
  }

  @Test
  void goesOnWhereAWatchEndedWithoutListingAgain() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = started(api, Watched.PATIENT)) {
      int lists = api.requests(LIST).size();

      api.endWatches();
      api.delete(Watched.NODE);
      api.apply(NEXT_NODE);

      eventually(() -> assertThat(text(cluster)).isEqualTo("node n2 m5.large\n"));
      assertThat(api.requests(LIST)).hasSize(lists);
    }
  }

  @Test
  void survivesARestartOfTheApiServerOnTheSamePort() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = started(api, Watched.PATIENT)) {
      api.stop();
      eventually(() -> assertThat(failures(cluster, SyncFailure.UNREACHABLE)).isGreaterThan(3));
      assertThat(text(cluster)).isEqualTo("node n1 m5.large\n");
      api.delete(Watched.NODE);
      api.apply(NEXT_NODE);

      api.startAgain();
      eventually(() -> assertThat(text(cluster)).isEqualTo("node n2 m5.large\n"));
    }
  }

  @Test
  void waitsForAnApiServerThatIsAway() {
    int port = StandInApiServer.freePort();
    try (WatchedCluster cluster = watch(port, Watched.PATIENT)) {
      cluster.start();
      eventually(() -> assertThat(failures(cluster, SyncFailure.UNREACHABLE)).isPositive());

      try (StandInApiServer api = StandInApiServer.startOn(port)) {
        api.apply(Watched.NODE);
        eventually(() -> assertThat(text(cluster)).isEqualTo("node n1 m5.large\n"));
      }
    }
  }

  @Test
  void forgetsWhatWasDeletedUnseenWhenTheServerForgotThePast() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = started(api, Watched.PATIENT)) {
      api.apply(NEXT_NODE);
      eventually(() -> assertThat(text(cluster)).contains("n1", "n2"));

      api.deleteSilently(Watched.NODE);
      api.endWatches();

      eventually(() -> assertThat(text(cluster)).isEqualTo("node n2 m5.large\n"));
      assertThat(failures(cluster, SyncFailure.GONE)).isPositive();
    }
  }

  static Stream<String> malformedEvents() {
    return Stream.of(
        "{\"type\": \"ADDED\", \"object\": {\"metadata\": \n",
        "garbage\n",
        "{\"type\": \"NEWS\", \"object\": {}}\n",
        "{\"type\": \"MODIFIED\"}\n",
        "17\n",
        "[]\n",
        "{}\n",
        "{\"type\": \"BOOKMARK\", \"object\": {\"metadata\": {\"resourceVersion\": 7}}}\n",
        "{\"type\": \"ERROR\", \"object\": {\"code\": 500, \"message\": \"etcd is gone\"}}\n",
        "{\"type\": \"ERROR\"}\n");
  }

  @ParameterizedTest
  @MethodSource("malformedEvents")
  void anEventOfNoSenseEndsTheWatchAndNotTheWatching(String event) {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = started(api, Watched.PATIENT)) {

      api.sendRaw(Kind.NODES.path(), event + "garbage to end it ".repeat(10));
      eventually(
          () ->
              assertThat(
                      failures(cluster, SyncFailure.MALFORMED)
                          + failures(cluster, SyncFailure.SERVER_ERROR)
                          + failures(cluster, SyncFailure.OTHER))
                  .isPositive());
      api.apply(NEXT_NODE);

      eventually(() -> assertThat(text(cluster)).contains("n1", "n2"));
    }
  }

  @Test
  void objectsThatVanishLeaveTheNextSnapshot() {
    try (StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = started(api, Watched.PATIENT)) {
      api.delete(Watched.NODE);

      eventually(() -> assertThat(text(cluster)).isEmpty());
    }
  }

  @Test
  void saysOnceWhatIsWrongAndOnceThatItIsOver() {
    try (LogLines log = new LogLines();
        StandInApiServer api = StandInApiServer.start();
        WatchedCluster cluster = started(api, Watched.PATIENT)) {
      api.stop();
      eventually(() -> assertThat(failures(cluster, SyncFailure.UNREACHABLE)).isGreaterThan(5));

      assertThat(log.with("WARNING cannot read"))
          .as("one line for all kinds")
          .singleElement()
          .asString()
          .contains(
              StandInApiServer.url(api.port()) + "/api",
              "cannot be read: ConnectException",
              "check the address and the network");

      api.startAgain();
      api.sendBookmarks();
      eventually(() -> assertThat(log.with("INFO reads ")).hasSize(1));
    }
  }

  private static WatchedCluster started(StandInApiServer api, WatchTiming timing) {
    api.apply(Watched.NODE);
    if (timing.equals(HASTY)) {
      api.sendBookmarks();
    }
    WatchedCluster cluster = watch(api.port(), timing);
    cluster.start();
    eventually(() -> assertThat(cluster.isSynced()).isTrue());
    eventually(() -> assertThat(api.watches()).isGreaterThanOrEqualTo(Kind.values().length));
    assertThat(text(cluster)).isEqualTo("node n1 m5.large\n");
    return cluster;
  }

  private static WatchedCluster watch(int port, WatchTiming timing) {
    return new WatchedCluster(
        StandInApiServer.clientFor(port),
        new TickingClock(Instant.parse("2026-11-20T08:00:00Z")),
        Set.of(),
        Set.of(),
        timing);
  }

  private static String text(WatchedCluster cluster) {
    return ClusterText.of(cluster.snapshot());
  }

  private static long failures(WatchedCluster cluster, SyncFailure failure) {
    return nodes(cluster).failures().getOrDefault(failure, 0L);
  }

  private static KindSync nodes(WatchedCluster cluster) {
    return cluster.syncs().stream()
        .filter(sync -> sync.kind().equals("nodes"))
        .findAny()
        .orElseThrow();
  }
}

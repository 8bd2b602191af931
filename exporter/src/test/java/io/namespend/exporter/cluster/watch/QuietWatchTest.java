package io.namespend.exporter.cluster.watch;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.ApiFaults;
import io.namespend.exporter.cluster.StandInApiServer;
import io.namespend.exporter.cluster.json.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A watch of which nothing is heard for a while, over real connections; only the time is not real.
 */
class QuietWatchTest {
  /** A watch that was silent lets a second pass before it reads what came. */
  private static final Duration REST = Duration.ofSeconds(1);

  private final StandInApiServer server = StandInApiServer.start();
  private final ScriptedTime time = new ScriptedTime();
  private final KubernetesApi api =
      new KubernetesApi(StandInApiServer.clientFor(server.port()), WatchTiming.DEFAULTS, time);

  @AfterEach
  void stop() {
    server.close();
  }

  /** By the API server's source a first bookmark comes after 59 to 61 seconds. */
  @ParameterizedTest
  @ValueSource(longs = {1, 55_000, 59_999, 60_001, 61_000, 61_200, 170_000, 179_000})
  void waitsForTheFirstBookmark(long millis) throws SyncException, InterruptedException {
    time.at(Duration.ofMillis(millis), this::bookmark);
    time.at(Duration.ofMillis(millis + 60_000), this::bookmark);
    time.at(Duration.ofMillis(millis + 120_000), server::endWatches);

    assertThat(watch(api)).hasSize(2);
    assertThat(time.elapsed()).isEqualTo(Duration.ofMillis(millis + 120_000).plus(REST));
  }

  @ParameterizedTest
  @ValueSource(longs = {181, 360})
  void givesUpAfterThreeMinutesOfSilence(long seconds) {
    time.at(Duration.ofSeconds(seconds), this::bookmark);

    assertStalledAfter(Duration.ofMinutes(3));
  }

  @Test
  void givesUpThreeMinutesAfterTheLastWord() {
    time.at(Duration.ofSeconds(100), this::bookmark);

    assertStalledAfter(Duration.ofSeconds(100).plus(REST).plusSeconds(180));
  }

  /** A list is no watch: what it does not send within a minute does not come. */
  @Test
  void aListStillHasAMinute() {
    server.fail(
        "/api/v1/nodes", ApiFaults.beginning("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"));

    assertThatThrownBy(() -> api.list(Kind.NODES, "", item -> {}))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.failure()).isEqualTo(SyncFailure.STALLED));
    assertThat(time.elapsed()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aRefusalThatDoesNotComeToItsEndHasAMinute() {
    server.fail(
        "/api/v1/nodes",
        ApiFaults.beginning("HTTP/1.1 403 Forbidden\r\nContent-Length: 99\r\n\r\n"));

    assertThatThrownBy(() -> watch(api))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.failure()).isEqualTo(SyncFailure.FORBIDDEN));
    assertThat(time.elapsed()).isEqualTo(Duration.ofMinutes(1));
  }

  /** Nothing of a watch, neither head nor first byte, is held to the time of a list. */
  @Test
  void theTimeOfAListIsNotTheTimeOfAWatch() throws SyncException, InterruptedException {
    WatchTiming noTimeForLists =
        new WatchTiming(
            Duration.ofNanos(1),
            Duration.ofSeconds(15),
            Duration.ofMillis(5),
            Duration.ofMillis(40));
    server.sendBookmarks();

    assertThat(watch(new KubernetesApi(StandInApiServer.clientFor(server.port()), noTimeForLists)))
        .isNotEmpty();
  }

  private void assertStalledAfter(Duration silence) {
    assertThatThrownBy(() -> watch(api))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.failure()).isEqualTo(SyncFailure.STALLED));
    assertThat(time.elapsed()).isEqualTo(silence);
  }

  /** Only to a client that listens. */
  private void bookmark() {
    eventually(() -> assertThat(server.watches()).isEqualTo(1));
    server.bookmark();
  }

  /** The versions that one watch tells; real time ends it after the first. */
  private List<String> watch(KubernetesApi watched) throws SyncException, InterruptedException {
    List<String> versions = new ArrayList<>();
    watched.watch(
        Kind.NODES,
        "0",
        new KubernetesApi.WatchListener() {
          @Override
          public void changed(JsonNode object, Duration age) {}

          @Override
          public void deleted(JsonNode object, Duration age) {}

          @Override
          public void current(String version) {
            versions.add(version);
            if (watched != api) {
              server.endWatches();
            }
          }
        });
    return versions;
  }

  /** Passes as fast as the watch can wait; what is due happens when its moment comes. */
  private static final class ScriptedTime implements Waiting {
    private record Due(long nanos, Runnable action) {}

    private final Queue<Due> script = new ArrayDeque<>();
    private long now;

    void at(Duration moment, Runnable action) {
      script.add(new Due(moment.toNanos(), action));
    }

    Duration elapsed() {
      return Duration.ofNanos(now);
    }

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public <T> @Nullable T poll(BlockingQueue<T> queue, Duration patience)
        throws InterruptedException {
      T there = queue.poll();
      if (there != null) {
        return there;
      }
      long until = Math.max(now, now + patience.toNanos());
      Due next = script.peek();
      if (next == null || next.nanos() > until) {
        now = until;
        return null;
      }
      script.remove();
      now = Math.max(now, next.nanos());
      next.action().run();
      // What was sent is under way, in real time.
      return queue.poll(20, TimeUnit.SECONDS);
    }

    @Override
    public void pause(Duration duration) {
      now += duration.toNanos();
    }
  }
}

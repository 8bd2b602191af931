package io.namespend.exporter.cluster.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.json.ObjectKey;
import io.namespend.exporter.cluster.store.LimitedObjects;
import io.namespend.exporter.cluster.store.ObjectStore;
import io.namespend.exporter.health.FatalErrors;
import io.namespend.exporter.health.Loop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a store equal to what the API server has of one kind: lists once, then watches from there,
 * for ever. After a failure it waits, watches from the last version that it knows or, where that
 * cannot be, lists again; what it holds stays meanwhile.
 */
public final class Reflector implements Runnable {
  /** After so many failures in a row, the exporter goes on without this kind. */
  private static final int PATIENCE = 5;

  /** Between two lists for the sake of what was left out. */
  private static final Duration PAUSE_OF_LISTS = Duration.ofSeconds(20);

  private final Kind kind;
  private final KubernetesApi api;
  private final ObjectStore store;
  private final WatchTiming timing;
  private final Clock clock;
  private final SyncLog log;
  private final Loop loop;
  private final Map<SyncFailure, Long> failures = new ConcurrentHashMap<>();
  private volatile @Nullable Instant lastHeard;
  private volatile @Nullable SyncFailure trouble;
  private volatile Blindness blindness = new Blindness(0, null);

  /** Failures since something was heard. The following are of the reflector's thread alone. */
  private volatile int failuresInARow;

  private String version = "";
  private boolean heard;
  private long listedAt;

  public Reflector(
      Kind kind,
      KubernetesApi api,
      ObjectStore store,
      WatchTiming timing,
      Clock clock,
      SyncLog log,
      Loop loop) {
    this.kind = kind;
    this.api = api;
    this.store = store;
    this.timing = timing;
    this.clock = clock;
    this.log = log;
    this.loop = loop;
  }

  public Kind kind() {
    return kind;
  }

  public KindSync sync() {
    Map<SyncFailure, Long> counts = new EnumMap<>(SyncFailure.class);
    for (SyncFailure failure : SyncFailure.values()) {
      counts.put(failure, failures.getOrDefault(failure, 0L));
    }
    return new KindSync(
        kind.plural(),
        Optional.ofNullable(lastHeard),
        store.size(),
        store.reader().unreadable(),
        counts,
        Optional.ofNullable(trouble),
        blindSeconds(),
        store.dropped());
  }

  /** How long it has not been followed, since it first was; counts on while it is not. */
  private double blindSeconds() {
    return blindness.millisAt(clock.instant()) / 1000.0;
  }

  public List<LimitedObjects> limited() {
    return store.reader().limited();
  }

  /** Whether the API server does not have the kind, nor needs to. */
  public boolean isAbsent() {
    return kind.isOptional() && lastHeard == null && trouble == SyncFailure.NOT_SERVED;
  }

  /** Whether a snapshot may be published as far as this kind is concerned. */
  public boolean isSettled() {
    SyncFailure now = trouble;
    return lastHeard != null
        || (!kind.isEssential() && now != null && (now.isRefusal() || failuresInARow >= PATIENCE));
  }

  /** Returns when its thread is interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        follow();
        loop.turned();
        Thread.sleep(timing.retryAfter(failuresInARow).toMillis());
      }
    } catch (InterruptedException e) {
      // Closed.
      Thread.currentThread().interrupt();
    }
  }

  /** One list, if it must be, and one watch. */
  private void follow() throws InterruptedException {
    long began = System.nanoTime();
    heard = false;
    try {
      if (version.isEmpty()) {
        list();
        began = System.nanoTime();
      }
      api.watch(kind, version, new ToStore());
      hear();
    } catch (SyncException e) {
      failed(e, began);
      return;
    } catch (RuntimeException | Error e) {
      FatalErrors.endProcessIf(e);
      failed(new SyncException(SyncFailure.OTHER, e.toString()), began);
      return;
    }
    // A server that ends each watch at once is not asked again at once.
    failuresInARow = lasted(began) ? 0 : failuresInARow + 1;
  }

  private void failed(SyncException problem, long began) {
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    SyncFailure failure = problem.failure();
    trouble = failure;
    boolean wasFine = heard && lasted(began);
    failuresInARow = wasFine ? 0 : failuresInARow + 1;
    if (isAbsent()) {
      // What the kind had went with it. Whoever adds the kind is noticed by the next try.
      store.retain(Set.of(), clock.instant());
      version = "";
      return;
    }
    failures.merge(failure, 1L, Long::sum);
    Instant last = lastHeard;
    if (last != null && blindness.since == null) {
      // Of a connection that is silent nobody knows since when.
      Instant since = failure == SyncFailure.STALLED ? last : clock.instant();
      blindness = new Blindness(blindness.millis, since);
      store.cut(last);
    }
    if (failure.needsList()) {
      version = "";
    }
    // Connections break and versions are forgotten every day; worth a word is what stays.
    boolean routine =
        failure == SyncFailure.GONE
            || (failure == SyncFailure.UNREACHABLE && lastHeard != null && failuresInARow < 2);
    if (!routine) {
      log.failed(kind, problem);
    }
  }

  /** Pages are put in place one by one; what is in none of them is forgotten at the end. */
  private void list() throws SyncException, InterruptedException {
    Instant asked = clock.instant();
    Instant before = lastHeard;
    if (before != null) {
      store.relists(before);
    }
    Set<ObjectKey> keys = new HashSet<>();
    store.reader().beginList();
    listedAt = System.nanoTime();
    KubernetesApi.Page page = new KubernetesApi.Page("", "");
    do {
      page =
          api.list(
              kind, page.next(), item -> store.put(item, clock.instant()).ifPresent(keys::add));
      loop.turned();
    } while (!page.next().isEmpty());
    store.retain(keys, before == null ? asked : before);
    version = page.version();
    lastHeard = asked;
    sees();
    if (isAbsent()) {
      trouble = null;
    }
  }

  /** A list alone is no recovery: where only the watch fails, one comes before each failure. */
  private void hear() {
    heard = true;
    lastHeard = clock.instant();
    sees();
    if (trouble != null) {
      trouble = null;
      log.recovered(kind);
    }
  }

  private void sees() {
    if (blindness.since != null) {
      Instant now = clock.instant();
      blindness = new Blindness(blindness.millisAt(now), null);
      store.resumed(now);
    }
  }

  /**
   * How long changes could not be seen.
   *
   * @param since null while they can
   */
  private record Blindness(long millis, @Nullable Instant since) {
    long millisAt(Instant now) {
      return millis + (since == null ? 0 : Math.max(0, Duration.between(since, now).toMillis()));
    }
  }

  private boolean lasted(long began) {
    return System.nanoTime() - began >= timing.firstRetry().toNanos();
  }

  private final class ToStore implements KubernetesApi.WatchListener {
    @Override
    public void changed(JsonNode object, Duration age) {
      store.put(object, clock.instant().minus(age));
    }

    @Override
    public void deleted(JsonNode object, Duration age) {
      store.remove(object, clock.instant().minus(age));
    }

    @Override
    public void current(String newVersion) throws SyncException {
      version = newVersion;
      hear();
      loop.turned();
      if (System.nanoTime() - listedAt > PAUSE_OF_LISTS.toNanos() && store.reader().lacks()) {
        throw new SyncException(SyncFailure.GONE, "objects were left out, for which there is room");
      }
    }
  }
}

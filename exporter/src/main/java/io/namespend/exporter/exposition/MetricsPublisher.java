package io.namespend.exporter.exposition;

import static java.lang.System.Logger.Level.ERROR;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterSource;
import io.namespend.exporter.cluster.store.Minute;
import io.namespend.exporter.health.FatalErrors;
import io.namespend.exporter.health.Loops;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The means of the last whole minute. The first scrape after a minute is over, and what is told of
 * it has arrived, has its metrics made; until the next minute they stay, unless prices or the
 * policy change. Nothing is made that nobody asks for.
 */
public final class MetricsPublisher implements MultiCollector {
  /** Several that scrape at the same time share what one of them had made. */
  private static final Duration SHARED = Duration.ofSeconds(1);

  private static final Duration LONGEST_SHARED = Duration.ofSeconds(10);

  /**
   * How long the first metrics wait for price sources: two tries, of which the second comes after a
   * minute. Then what they would know has the price of the next source.
   */
  static final Duration PATIENCE_WITH_PRICES = Duration.ofMinutes(2);

  /** To build the metrics of the largest cluster on a tenth of a core takes a minute. */
  private static final Duration PATIENCE_OF_LOOP = Duration.ofMinutes(5);

  private static final System.Logger LOG = System.getLogger(MetricsPublisher.class.getName());

  private final ClusterSource cluster;
  private final ClusterMetrics metrics;
  private final Clock clock;
  private final AtomicBoolean stale = new AtomicBoolean();

  /** Names of the price sources that did not answer all that they were asked from a time on. */
  private volatile Function<Instant, List<String>> unanswered = since -> List.of();

  /** When the whole cluster was first there to ask prices for. */
  private volatile Optional<Instant> asked = Optional.empty();

  private volatile MetricSnapshots current = MetricSnapshots.of();
  private volatile ClusterSnapshot latest = ClusterSnapshot.EMPTY;

  /** The minute that the latest cluster is of. */
  private Optional<Minute> minute = Optional.empty();

  private volatile Rebuilds rebuilds = new Rebuilds(Optional.empty(), 0);

  /** When the making of what is published began, and when it was done. */
  private Instant begun = Instant.EPOCH;

  private Instant done = Instant.EPOCH;

  private String problem = "";

  public MetricsPublisher(ClusterSource cluster, ClusterMetrics metrics, Clock clock) {
    this.cluster = cluster;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Follows the cluster, and tries to be ready until it is.
   *
   * @param timer runs until it is shut down
   * @param pause between two tries
   */
  public void start(ScheduledExecutorService timer, Duration pause) {
    start(timer, pause, since -> List.of());
  }

  /**
   * As above, and waits, though not for ever, until the prices of what is in the cluster are there.
   *
   * @param sources names of those that did not answer all that they were asked from a time on
   */
  public void start(
      ScheduledExecutorService timer, Duration pause, Function<Instant, List<String>> sources) {
    start(timer, pause, sources, new Loops());
  }

  /**
   * As above.
   *
   * @param loops gets one more
   */
  public void start(
      ScheduledExecutorService timer,
      Duration pause,
      Function<Instant, List<String>> sources,
      Loops loops) {
    unanswered = sources;
    cluster.start();
    var unused =
        timer.scheduleWithFixedDelay(
            loops.add("publish", PATIENCE_OF_LOOP).guarding(this::becomeReady),
            0,
            pause.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Says that prices or the policy changed. */
  public void invalidate() {
    metrics.reprice();
    stale.set(true);
  }

  /** The cluster that prices are asked for: that in the metrics, or soon; empty before one is. */
  public ClusterSnapshot latestCluster() {
    return latest;
  }

  /** Whether a whole cluster is in the metrics. */
  public boolean isReady() {
    return rebuilds.lastSuccess().isPresent();
  }

  /** Why no cluster is in the metrics yet; empty once one is. */
  public Optional<String> whyNotReady() {
    if (isReady()) {
      return Optional.empty();
    }
    String awaited =
        cluster.awaited().stream()
            .map(
                sync ->
                    sync.kind()
                        + sync.trouble().map(trouble -> " (" + trouble.label() + ")").orElse(""))
            .collect(Collectors.joining(", "));
    if (!awaited.isEmpty()) {
      return Optional.of("waiting for: " + awaited);
    }
    List<String> sources = unpriced();
    return Optional.of(
        sources.isEmpty()
            ? "pricing the cluster"
            : "waiting for the first prices of: " + String.join(", ", sources));
  }

  /**
   * Names of the price sources that have not answered yet what the cluster needs of them; empty
   * before the cluster is known.
   */
  public List<String> unpriced() {
    return asked.map(unanswered).orElse(List.of());
  }

  /** How the rebuilding of the metrics went so far. */
  Rebuilds rebuilds() {
    return rebuilds;
  }

  /**
   * How rebuilds went.
   *
   * @param lastSuccess when what is published was built; empty before the first
   */
  record Rebuilds(Optional<Instant> lastSuccess, long failures) {}

  /** Empty until ready. */
  @Override
  public MetricSnapshots collect() {
    if (isReady()) {
      refresh();
    }
    return current;
  }

  private void becomeReady() {
    // Half a cluster would be published as a small one; nothing is honest until all is read.
    if (!isReady() && cluster.isSynced() && isPriced(clock.instant())) {
      refresh();
    }
  }

  /** Whether every source answered, or had its time. */
  private synchronized boolean isPriced(Instant now) {
    // Whatever sources answered before now, they did not know what to answer.
    if (asked.isEmpty() && !unanswered.apply(Instant.MAX).isEmpty()) {
      try {
        latest = cluster.snapshot();
      } catch (RuntimeException | Error e) {
        FatalErrors.endProcessIf(e);
        failed(e);
        return false;
      }
      // Only now: a refresh that began before may not have seen the cluster.
      asked = Optional.of(clock.instant());
      return false;
    }
    return asked
        .map(
            since ->
                now.isBefore(since)
                    || !now.isBefore(since.plus(PATIENCE_WITH_PRICES))
                    || unpriced().isEmpty())
        .orElse(true);
  }

  private synchronized void refresh() {
    Instant now = clock.instant();
    boolean isShared = !now.isBefore(done) && now.isBefore(done.plus(shared()));
    Minute due = Minute.lastWhole(now);
    boolean isNewMinute = minute.filter(due::equals).isEmpty();
    boolean isStale = !isShared && stale.getAndSet(false);
    if (!isNewMinute && (isShared || !isStale)) {
      return;
    }
    try {
      ClusterSnapshot snapshot = isNewMinute ? cluster.during(due) : latest;
      current = metrics.of(snapshot, due.begin());
      latest = snapshot;
      minute = Optional.of(due);
      begun = now;
      done = clock.instant();
      rebuilds = new Rebuilds(Optional.of(now), rebuilds.failures());
      problem = "";
    } catch (RuntimeException | Error e) {
      FatalErrors.endProcessIf(e);
      stale.set(true);
      failed(e);
    }
  }

  /** However many ask, a tenth of the time is spent on it. */
  private Duration shared() {
    Duration tenfold = Duration.between(begun, done).multipliedBy(10);
    Duration least = tenfold.compareTo(SHARED) > 0 ? tenfold : SHARED;
    return least.compareTo(LONGEST_SHARED) < 0 ? least : LONGEST_SHARED;
  }

  private void failed(Throwable e) {
    rebuilds = new Rebuilds(rebuilds.lastSuccess(), rebuilds.failures() + 1);
    // Tried again at every scrape, but said once.
    if (!problem.equals(e.toString())) {
      problem = e.toString();
      LOG.log(ERROR, "could not rebuild the metrics; the last ones stay", e);
    }
  }
}

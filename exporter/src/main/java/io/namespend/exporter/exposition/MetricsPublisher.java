package io.namespend.exporter.exposition;

import static java.lang.System.Logger.Level.ERROR;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterSource;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * The metrics of the latest cluster snapshot. Changes mark them stale, and so does every new
 * minute, because costs have begins and ends; a scrape that finds them stale has them made anew, so
 * that it sees what is, and nothing is made that nobody asks for.
 */
public final class MetricsPublisher implements MultiCollector {
  /** Several that scrape at the same time share what one of them had made. */
  private static final Duration SHARED = Duration.ofSeconds(1);

  private static final System.Logger LOG = System.getLogger(MetricsPublisher.class.getName());

  private final ClusterSource cluster;
  private final ClusterMetrics metrics;
  private final Clock clock;
  private final AtomicBoolean stale = new AtomicBoolean();
  private volatile MetricSnapshots current = MetricSnapshots.of();
  private volatile ClusterSnapshot latest = ClusterSnapshot.EMPTY;
  private volatile Rebuilds rebuilds = new Rebuilds(Optional.empty(), 0);

  /** When what is published was begun, and when it was done. */
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
    cluster.start(() -> stale.set(true));
    var unused =
        timer.scheduleWithFixedDelay(this::becomeReady, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Says that prices or the policy changed. */
  public void invalidate() {
    metrics.reprice();
    stale.set(true);
  }

  /** The cluster that is in the metrics; empty before one is. */
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
    return Optional.of(awaited.isEmpty() ? "pricing the cluster" : "waiting for: " + awaited);
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
    if (!isReady() && cluster.isSynced()) {
      refresh();
    }
  }

  private synchronized void refresh() {
    Instant now = clock.instant();
    boolean isShared = !now.isBefore(done) && now.isBefore(done.plus(SHARED));
    boolean isNewMinute =
        !now.truncatedTo(ChronoUnit.MINUTES).equals(begun.truncatedTo(ChronoUnit.MINUTES));
    boolean isStale = !isShared && stale.getAndSet(false);
    if (isShared || (!isStale && !isNewMinute)) {
      return;
    }
    try {
      ClusterSnapshot snapshot = isStale ? cluster.snapshot() : latest;
      current = metrics.of(snapshot, now);
      latest = snapshot;
      begun = now;
      done = clock.instant();
      rebuilds = new Rebuilds(Optional.of(now), rebuilds.failures());
      problem = "";
    } catch (RuntimeException e) {
      stale.set(true);
      rebuilds = new Rebuilds(rebuilds.lastSuccess(), rebuilds.failures() + 1);
      // Tried again at every scrape, but said once.
      if (!problem.equals(e.toString())) {
        problem = e.toString();
        LOG.log(ERROR, "could not rebuild the metrics; the last ones stay", e);
      }
    }
  }
}

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
 * Keeps the metrics of the latest cluster snapshot ready: changes mark it stale, and so does every
 * new minute, because costs have begins and ends; a timer rebuilds it, a scrape reads one
 * reference.
 */
public final class MetricsPublisher implements MultiCollector {
  /** So many times as long as a rebuild takes, at most until the longest. */
  private static final int REST = 20;

  private static final Duration LONGEST_REST = Duration.ofSeconds(15);

  private static final System.Logger LOG = System.getLogger(MetricsPublisher.class.getName());

  private final ClusterSource cluster;
  private final ClusterMetrics metrics;
  private final Clock clock;
  private final AtomicBoolean stale = new AtomicBoolean();
  private volatile MetricSnapshots current = MetricSnapshots.of();
  private volatile ClusterSnapshot latest = ClusterSnapshot.EMPTY;
  private volatile Rebuilds rebuilds = new Rebuilds(Optional.empty(), 0);

  /** These of the timer's thread alone. */
  private String problem = "";

  private Instant builtIn = Instant.MIN;

  private Instant restUntil = Instant.MIN;

  public MetricsPublisher(ClusterSource cluster, ClusterMetrics metrics, Clock clock) {
    this.cluster = cluster;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Follows the cluster until the timer is shut down.
   *
   * @param pause the least time between two rebuilds
   */
  public void start(ScheduledExecutorService timer, Duration pause) {
    cluster.start(() -> stale.set(true));
    var unused =
        timer.scheduleWithFixedDelay(this::refresh, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Says that prices or the policy changed. */
  public void invalidate() {
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

  @Override
  public MetricSnapshots collect() {
    return current;
  }

  /** A large cluster changes all the time, and would be rebuilt without end. */
  private void rest(Instant began) {
    Instant now = clock.instant();
    Duration rest = Duration.between(began, now).multipliedBy(REST);
    restUntil = now.plus(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST);
  }

  private void refresh() {
    try {
      // Half a cluster would be published as a small one; nothing is honest until all is read.
      if (!isReady() && !cluster.isSynced()) {
        return;
      }
      Instant now = clock.instant();
      Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
      boolean resting = now.isBefore(restUntil) && restUntil.minus(LONGEST_REST).isBefore(now);
      if (resting || (!stale.getAndSet(false) && minute.equals(builtIn))) {
        return;
      }
      ClusterSnapshot snapshot = cluster.snapshot();
      current = metrics.of(snapshot, now);
      builtIn = minute;
      latest = snapshot;
      rebuilds = new Rebuilds(Optional.of(now), rebuilds.failures());
      problem = "";
      rest(now);
    } catch (RuntimeException e) {
      stale.set(true);
      rebuilds = new Rebuilds(rebuilds.lastSuccess(), rebuilds.failures() + 1);
      // Tried again every second, but said once.
      if (!problem.equals(e.toString())) {
        problem = e.toString();
        LOG.log(ERROR, "could not rebuild the metrics; the last ones stay", e);
      }
    }
  }
}

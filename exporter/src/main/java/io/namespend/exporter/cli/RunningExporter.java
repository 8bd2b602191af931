package io.namespend.exporter.cli;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.namespend.exporter.cluster.ClusterDump;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterSource;
import io.namespend.exporter.cluster.WatchedCluster;
import io.namespend.exporter.cluster.pod.WorkloadFolding;
import io.namespend.exporter.cluster.watch.WatchTiming;
import io.namespend.exporter.exposition.ClusterMetrics;
import io.namespend.exporter.exposition.ConfigMetrics;
import io.namespend.exporter.exposition.ExchangeRateMetrics;
import io.namespend.exporter.exposition.HealthMetrics;
import io.namespend.exporter.exposition.LoopMetrics;
import io.namespend.exporter.exposition.MetricsPublisher;
import io.namespend.exporter.exposition.SyncMetrics;
import io.namespend.exporter.health.FatalErrors;
import io.namespend.exporter.health.Loops;
import io.namespend.exporter.policy.file.LivePolicy;
import io.namespend.exporter.price.refresh.PriceRefresher;
import io.namespend.exporter.web.CostOverview;
import io.namespend.exporter.web.ExporterStatus;
import io.namespend.exporter.web.HealthServer;
import io.namespend.exporter.web.WebServer;
import io.namespend.exporter.web.config.WebConfigFile;
import io.namespend.foundation.command.ProgramVersion;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** All parts, wired and started. */
final class RunningExporter implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RunningExporter.class.getName());

  private static final Duration PAUSE_BETWEEN_REBUILDS = Duration.ofSeconds(1);

  private final ClusterSource cluster;
  private final List<ScheduledExecutorService> timers;
  private final List<AutoCloseable> doors;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private RunningExporter(
      ClusterSource cluster, List<ScheduledExecutorService> timers, List<AutoCloseable> doors) {
    this.cluster = cluster;
    this.timers = timers;
    this.doors = doors;
  }

  static RunningExporter start(ExporterOptions options) {
    FatalErrors.endProcessWhenUncaught();
    Clock clock = Clock.systemUTC();
    Loops loops = new Loops();
    LivePolicy policy = new LivePolicy(options.policy, clock);
    // Sources are asked for what was published last; nothing is before the first cluster.
    AtomicReference<Supplier<ClusterSnapshot>> published =
        new AtomicReference<>(() -> ClusterSnapshot.EMPTY);
    PriceSources prices =
        PriceSources.open(
            policy.atStart().prices(),
            policy::rates,
            () -> published.get().get(),
            clock,
            policy.current().nodeGroups().labels());
    ClusterSource cluster =
        clusterSource(
            options,
            clock,
            prices,
            policy.current().labelNames(),
            policy.atStart().folding(),
            loops);
    MetricsPublisher publisher =
        new MetricsPublisher(
            cluster,
            new ClusterMetrics(prices.pricer(), policy::current, !options.noPodSeries),
            clock);
    published.set(publisher::latestCluster);
    PriceRefresher refresher = new PriceRefresher(prices.refreshed(), clock, publisher::invalidate);
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(publisher);
    Instant started = clock.instant();
    registry.register(
        new HealthMetrics(started, refresher::statuses, ProgramVersion.of(Exporter.class)));
    registry.register(new SyncMetrics(cluster, publisher));
    registry.register(new LoopMetrics(loops::states));
    Supplier<ExporterStatus> status =
        () ->
            SourceStates.status(
                clock.instant(),
                publisher.whyNotReady(),
                publisher.unpriced(),
                cluster.syncs(),
                started,
                refresher.statuses(),
                policy.status(),
                policy.rates(),
                loops.states());
    registry.register(new ConfigMetrics(policy::status));
    registry.register(new ExchangeRateMetrics(policy::rates));
    List<AutoCloseable> doors = new ArrayList<>();
    WebServer web = serve(options, registry, status, () -> PublishedCosts.of(publisher.collect()));
    doors.add(web);
    options.healthPort.ifPresent(port -> doors.add(serveHealth(options, port, status)));
    ScheduledExecutorService timer = threads("refresh", 1);
    ScheduledExecutorService priceTimer = threads("prices", prices.refreshed().size());
    publisher.start(timer, PAUSE_BETWEEN_REBUILDS, refresher::unanswered, loops);
    refresher.start(priceTimer, loops);
    ScheduledExecutorService policyTimer = threads("policy", 1);
    policy.start(policyTimer, publisher::invalidate, loops);
    if (options.policy.isPresent()) {
      HangUp.onHangUp(() -> policy.reload(publisher::invalidate));
    }
    LOG.log(INFO, "serving on {0}", web.address());
    return new RunningExporter(cluster, List.of(timer, priceTimer, policyTimer), doors);
  }

  private static ScheduledExecutorService threads(String name, int count) {
    return Executors.newScheduledThreadPool(
        count,
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Returns when the process is asked to stop. */
  void awaitStop() throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop"));
    stopped.await();
  }

  @Override
  public void close() {
    for (AutoCloseable door : doors) {
      try {
        door.close();
      } catch (Exception e) {
        LOG.log(WARNING, "a port does not close", e);
      }
    }
    timers.forEach(ScheduledExecutorService::shutdownNow);
    cluster.close();
    stopped.countDown();
  }

  private static ClusterSource clusterSource(
      ExporterOptions options,
      Clock clock,
      PriceSources prices,
      Set<String> workloadLabels,
      WorkloadFolding folding,
      Loops loops) {
    return options.clusterSnapshot.isPresent()
        ? new ClusterDump(
            options.clusterSnapshot.get(),
            clock.instant(),
            prices.nodeLabels(),
            workloadLabels,
            prices.instanceTypes(),
            folding)
        : new WatchedCluster(
            options.cluster.open(),
            clock,
            prices.nodeLabels(),
            workloadLabels,
            prices.instanceTypes(),
            folding,
            WatchTiming.DEFAULTS,
            loops);
  }

  private static HealthServer serveHealth(
      ExporterOptions options, int port, Supplier<ExporterStatus> status) {
    try {
      return HealthServer.start(address(options, port), status);
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotStartException(
          "cannot listen on %s:%d: %s; choose another with --health-port"
              .formatted(options.listenAddress, port, e.getMessage()),
          e);
    }
  }

  private static WebServer serve(
      ExporterOptions options,
      PrometheusRegistry registry,
      Supplier<ExporterStatus> status,
      Supplier<CostOverview> costs) {
    Optional<WebConfigFile> config = options.webConfigFile.map(WebConfigFile::open);
    try {
      return WebServer.start(address(options, options.port), config, registry, status, costs);
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotStartException(
          "cannot listen on %s:%d: %s; choose another with --port or --listen-address"
              .formatted(options.listenAddress, options.port, e.getMessage()),
          e);
    }
  }

  private static InetSocketAddress address(ExporterOptions options, int port) {
    var address = new InetSocketAddress(options.listenAddress, port);
    if (address.isUnresolved()) {
      throw new CannotStartException(
          "--listen-address: \"%s\" is not an address or a host that is known; write one such as"
                  .formatted(options.listenAddress)
              + " 127.0.0.1, and the port with --port");
    }
    return address;
  }
}

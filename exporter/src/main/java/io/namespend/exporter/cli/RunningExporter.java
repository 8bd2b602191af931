package io.namespend.exporter.cli;

import static java.lang.System.Logger.Level.INFO;

import io.namespend.exporter.cluster.ClusterDump;
import io.namespend.exporter.cluster.ClusterSource;
import io.namespend.exporter.cluster.WatchedCluster;
import io.namespend.exporter.exposition.ClusterMetrics;
import io.namespend.exporter.exposition.HealthMetrics;
import io.namespend.exporter.exposition.MetricsPublisher;
import io.namespend.exporter.policy.Policy;
import io.namespend.exporter.price.BuiltinPrices;
import io.namespend.exporter.price.NodePricer;
import io.namespend.exporter.web.WebServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** All parts, wired and started. */
final class RunningExporter implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RunningExporter.class.getName());

  private static final Duration PAUSE_BETWEEN_REBUILDS = Duration.ofSeconds(1);

  private final ClusterSource cluster;
  private final ScheduledExecutorService timer;
  private final WebServer web;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private RunningExporter(ClusterSource cluster, ScheduledExecutorService timer, WebServer web) {
    this.cluster = cluster;
    this.timer = timer;
    this.web = web;
  }

  static RunningExporter start(ExporterOptions options) {
    Clock clock = Clock.systemUTC();
    BuiltinPrices builtin = new BuiltinPrices();
    ClusterSource cluster = clusterSource(options, clock);
    MetricsPublisher publisher =
        new MetricsPublisher(
            cluster,
            new ClusterMetrics(
                new NodePricer(List.of(builtin), builtin),
                Policy.defaults(),
                !options.noPodSeries));
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(publisher);
    registry.register(new HealthMetrics(cluster, clock.instant(), ExporterVersion.current()));
    WebServer web = serve(options, registry, publisher);
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "refresh");
              thread.setDaemon(true);
              return thread;
            });
    publisher.start(timer, PAUSE_BETWEEN_REBUILDS);
    LOG.log(INFO, "serving on http:/{0}/", web.address());
    return new RunningExporter(cluster, timer, web);
  }

  /** Returns when the process is asked to stop. */
  void awaitStop() throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop"));
    stopped.await();
  }

  @Override
  public void close() {
    web.close();
    timer.shutdownNow();
    cluster.close();
    stopped.countDown();
  }

  private static ClusterSource clusterSource(ExporterOptions options, Clock clock) {
    return options.clusterSnapshot.isPresent()
        ? new ClusterDump(options.clusterSnapshot.get(), clock.instant())
        : new WatchedCluster(
            ClusterConnection.open(options.kubeconfig, options.context, System.getenv()), clock);
  }

  private static WebServer serve(
      ExporterOptions options, PrometheusRegistry registry, MetricsPublisher publisher) {
    var address = new InetSocketAddress(options.listenAddress, options.port);
    try {
      return WebServer.start(address, registry, ExporterVersion.current(), publisher::isReady);
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotStartException(
          "cannot listen on %s:%d: %s; choose another with --port or --listen-address"
              .formatted(options.listenAddress, options.port, e.getMessage()),
          e);
    }
  }
}

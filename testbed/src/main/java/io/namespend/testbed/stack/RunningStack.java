package io.namespend.testbed.stack;

import io.namespend.testbed.cadvisor.CadvisorServer;
import io.namespend.testbed.kubernetes.SimulatedApiServer;
import io.namespend.testbed.process.ExporterProcess;
import io.namespend.testbed.process.FailedProcessException;
import io.namespend.testbed.process.Grafana;
import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.rules.RuleManifests;
import io.namespend.testbed.simulation.ClusterPlan;
import io.namespend.testbed.simulation.SimulatedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A simulated cluster, the real exporter watching it, and a real Prometheus with the rules. */
public final class RunningStack implements AutoCloseable {
  private static final Duration FUTURE = Duration.ofDays(30);
  private static final Duration MOVE = Duration.ofSeconds(5);

  private final SimulatedCluster cluster;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private URI exporter = URI.create("");
  private URI prometheus = URI.create("");

  private RunningStack(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Starts everything; what was started stops again if a part fails.
   *
   * @param progress told what happens next
   * @throws FailedProcessException if a process does not do its work
   */
  public static RunningStack start(StackSettings settings, Clock clock, Consumer<String> progress) {
    empty(settings.folder());
    long end = settings.now().getEpochSecond() / 60 * 60;
    long begin = end - settings.past().toSeconds();
    SimulatedCluster cluster =
        ClusterPlan.simulate(begin, end + FUTURE.toSeconds(), settings.scale(), settings.seed());
    new Past(settings, progress).fill(cluster, begin, end);
    RunningStack stack = new RunningStack(cluster);
    try {
      stack.startLive(settings, clock, progress);
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
    return stack;
  }

  public SimulatedCluster cluster() {
    return cluster;
  }

  public URI exporter() {
    return exporter;
  }

  public URI prometheus() {
    return prometheus;
  }

  /**
   * Adds Grafana with the dashboards, where a Docker engine answers.
   *
   * @return its address, or why there is none
   */
  public String startGrafana(StackSettings settings) {
    if (!Grafana.canStart()) {
      return "not started: no Docker engine answers; import dashboards/*.json by hand";
    }
    try {
      Path log = settings.folder().resolve("grafana.log");
      Path dashboards = settings.project().resolve("dashboards");
      return started(Grafana.start(dashboards, prometheus, log)).address() + "/dashboards";
    } catch (FailedProcessException e) {
      return "not started: " + e.getMessage();
    }
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        System.err.println("while stopping: " + e.getMessage());
      }
    }
  }

  private void startLive(StackSettings settings, Clock clock, Consumer<String> progress) {
    progress.accept("starting the cluster, the exporter and Prometheus");
    SimulatedApiServer api =
        started(SimulatedApiServer.start(cluster, clock.instant().getEpochSecond()));
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    started(timer::shutdownNow);
    var unused =
        timer.scheduleWithFixedDelay(
            () -> api.moveTo(clock.instant().getEpochSecond()),
            MOVE.toMillis(),
            MOVE.toMillis(),
            TimeUnit.MILLISECONDS);
    CadvisorServer cadvisor = started(CadvisorServer.start(cluster, clock));
    Path kubeconfig = settings.folder().resolve("kubeconfig");
    try {
      Files.writeString(kubeconfig, api.kubeconfig());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    exporter =
        started(
                ExporterProcess.start(
                    settings.exporterJar(),
                    settings.folder().resolve("exporter.log"),
                    List.of("--kubeconfig=" + kubeconfig)))
            .address();
    List<Path> rules =
        new RuleManifests(settings.rules())
            .everyMinute()
            .writeRuleFiles(settings.folder().resolve("rules"));
    prometheus =
        started(
                Prometheus.start(
                    settings.tools(),
                    settings.folder().resolve("prometheus"),
                    PrometheusConfig.live(rules, exporter, cadvisor.targetsUrl()),
                    0))
            .address();
  }

  private <T extends AutoCloseable> T started(T part) {
    parts.push(part);
    return part;
  }

  private static void empty(Path folder) {
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

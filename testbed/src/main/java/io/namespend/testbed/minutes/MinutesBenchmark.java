package io.namespend.testbed.minutes;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.testbed.benchmark.PrometheusApi;
import io.namespend.testbed.kubernetes.SimulatedApiServer;
import io.namespend.testbed.process.ExporterProcess;
import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.rules.RuleManifests;
import io.namespend.testbed.simulation.PodSchedule;
import io.namespend.testbed.simulation.SimPod;
import io.namespend.testbed.simulation.SimulatedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Charges pods that live for seconds, in real time, with a real exporter, real Prometheus servers
 * of several phases and the shipped rules, and compares with what the schedule says that they cost.
 */
public final class MinutesBenchmark {
  private static final long SEED = 1;

  private static final String READ_MINUTE = "benchmark:minute:max";

  /** Until all series have been there for a while. */
  private static final Duration WARM_UP = Duration.ofMinutes(5);

  private static final String POLICY =
      """
      allocation: {model: request}
      pools:
      - {name: idle, split: none}
      - {name: system, split: none}
      """;

  /**
   * What to run.
   *
   * @param measured whole minutes
   * @param scrapes seconds between them, one for each Prometheus
   * @param podsPerHour about
   */
  public record Plan(Duration measured, List<Integer> scrapes, int podsPerHour) {}

  /**
   * What one Prometheus says.
   *
   * @param minutes whose figures its rules read
   * @param twice how many of them were read again instead of the next
   * @param worst relative error of the workload that is charged worst, and which one
   * @param all of all workloads together
   * @param cluster of the nodes
   */
  public record Outcome(
      int scrape, int minutes, int twice, double worst, String which, double all, double cluster) {}

  /** An exporter's page before minutes, too. */
  private final Path exporterJar;

  private final Path project;
  private final Path folder;
  private final Tools tools;
  private final Plan plan;
  private final Consumer<String> progress;
  private final AtomicInteger lateTicks = new AtomicInteger();

  public MinutesBenchmark(
      Path exporterJar,
      Path project,
      Path folder,
      Tools tools,
      Plan plan,
      Consumer<String> progress) {
    this.exporterJar = exporterJar;
    this.project = project;
    this.folder = folder;
    this.tools = tools;
    this.plan = plan;
    this.progress = progress;
  }

  /** How often the simulated cluster changed a second too late; its nodes then lasted longer. */
  public int lateTicks() {
    return lateTicks.get();
  }

  public List<Outcome> run() {
    Clock clock = Clock.systemUTC();
    long begin = clock.instant().getEpochSecond() / 60 * 60 - 600;
    long end = begin + 600 + WARM_UP.plus(plan.measured()).plusMinutes(10).toSeconds();
    SimulatedCluster cluster = PodSchedule.simulate(begin, end, plan.podsPerHour(), SEED);
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      SimulatedApiServer api = SimulatedApiServer.start(cluster, clock.instant().getEpochSecond());
      parts.push(api);
      parts.push(follow(api, clock));
      ExporterProcess exporter =
          ExporterProcess.start(
              exporterJar,
              folder.resolve("exporter.log"),
              List.of(
                  "--kubeconfig=" + write("kubeconfig", api.kubeconfig()),
                  "--policy=" + write("policy.yaml", POLICY)));
      parts.push(exporter);
      List<PrometheusApi> servers = new ArrayList<>();
      for (int i = 0; i < plan.scrapes().size(); i++) {
        Prometheus prometheus = prometheus(i, exporter);
        parts.push(prometheus);
        servers.add(new PrometheusApi(prometheus.address()));
      }
      progress.accept("warming up");
      pause(WARM_UP);
      Instant from = clock.instant();
      progress.accept("measuring %d minutes".formatted(plan.measured().toMinutes()));
      pause(plan.measured());
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < servers.size(); i++) {
        outcomes.add(outcome(servers.get(i), plan.scrapes().get(i), from, cluster));
      }
      return outcomes;
    } finally {
      parts.forEach(MinutesBenchmark::close);
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      System.err.println("while stopping: " + e.getMessage());
    }
  }

  /** The cluster changes at the begin of each second. */
  private AutoCloseable follow(SimulatedApiServer api, Clock clock) {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    var unused =
        timer.scheduleAtFixedRate(
            () -> {
              long second = clock.instant().getEpochSecond();
              api.moveTo(second);
              if (clock.instant().getEpochSecond() > second) {
                lateTicks.incrementAndGet();
              }
            },
            1_000 - clock.instant().toEpochMilli() % 1_000 + 10,
            1_000,
            TimeUnit.MILLISECONDS);
    return timer::shutdownNow;
  }

  private Path write(String name, String text) {
    try {
      Files.createDirectories(folder);
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prometheus chooses the phase of a target by its labels, and of a group by its file. */
  private Prometheus prometheus(int number, ExporterProcess exporter) {
    Path own = folder.resolve("prometheus-" + number);
    List<Path> rules =
        new RuleManifests(project.resolve("alert-rules")).writeRuleFiles(own.resolve("rules"));
    rules.stream().filter(file -> file.endsWith("20-cost.yaml")).forEach(this::noteMinute);
    return Prometheus.start(
        tools,
        own,
        """
        global: {scrape_interval: %ds, evaluation_interval: 1m}
        rule_files:
        %s
        scrape_configs:
          - job_name: namespend-exporter
            honor_labels: true
            static_configs:
              - targets: ["%s"]
                labels: {replica: "phase-%d"}
        """
            .formatted(
                plan.scrapes().get(number),
                rules.stream()
                    .map(file -> "  - " + file.toAbsolutePath())
                    .collect(Collectors.joining("\n")),
                exporter.address().getAuthority(),
                number),
        0);
  }

  /** Has the group of the calculation say which minute it read. */
  private void noteMinute(Path ruleFile) {
    try {
      Files.writeString(
          ruleFile,
          Files.readString(ruleFile)
              .replaceFirst(
                  "(?m)^( *)rules:\n",
                  "$0$1- record: "
                      + READ_MINUTE
                      + "\n$1  expr: max(namespend_minute_timestamp_seconds)\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Sample(Instant at, double value) {}

  private Outcome outcome(
      PrometheusApi server, int scrape, Instant from, SimulatedCluster cluster) {
    Instant to = from.plus(plan.measured());
    List<Sample> whole =
        samples(server, "ledger:cost_hourly:sum{side=\"cost\"}", "side", from, to)
            .getOrDefault("cost", List.of());
    List<Instant> times = whole.stream().map(Sample::at).distinct().sorted().toList();
    if (times.size() < 2) {
      throw new IllegalStateException("nothing was recorded");
    }
    List<Long> minutes =
        samples(server, READ_MINUTE, "", from, to).getOrDefault("", List.of()).stream()
            .map(sample -> (long) sample.value())
            .toList();
    long begin;
    long end;
    if (minutes.isEmpty()) {
      // What was scraped stands for a minute around the scrape.
      begin = times.get(0).getEpochSecond() - scrape / 2 - 30;
      end = begin + 60L * times.size();
    } else {
      begin = minutes.get(0);
      end = minutes.get(minutes.size() - 1) + 60;
    }
    Rates rates = rates(server, to);
    Map<String, List<Sample>> recorded =
        samples(
            server,
            "ledger:cost_hourly:sum{side=\"borne\", namespace!=\"\"}",
            "namespace",
            from,
            to);
    double worst = 0;
    String which = "";
    double sumRecorded = 0;
    double sumTrue = 0;
    for (Map.Entry<String, Double> workload : truth(cluster, rates, begin, end).entrySet()) {
      double charged = dollars(recorded.getOrDefault(workload.getKey(), List.of()));
      sumRecorded += charged;
      sumTrue += workload.getValue();
      double error = charged / workload.getValue() - 1;
      if (Math.abs(error) > Math.abs(worst)) {
        worst = error;
        which = workload.getKey();
      }
    }
    double nodes =
        cluster.nodes().stream()
            .mapToDouble(node -> rates.node() * overlap(node.start(), node.end(), begin, end))
            .sum();
    Set<Long> read = new HashSet<>(minutes);
    return new Outcome(
        scrape,
        times.size(),
        minutes.size() - read.size(),
        worst,
        which,
        sumRecorded / sumTrue - 1,
        dollars(whole) / (nodes / 3600) - 1);
  }

  private static double dollars(List<Sample> samples) {
    return samples.stream().mapToDouble(Sample::value).sum() / 60;
  }

  /** Prices of a node, a core and a GiB for an hour; all nodes are alike. */
  private record Rates(double node, double core, double gib) {}

  /** Prices are not in question, only seconds. */
  private static Rates rates(PrometheusApi server, Instant at) {
    return new Rates(
        value(server, "max(node_total_hourly_cost{node=\"lasting-0\"})", at),
        value(server, "max(node_cpu_hourly_cost{node=\"lasting-0\"})", at),
        value(server, "max(node_ram_hourly_cost{node=\"lasting-0\"})", at));
  }

  private static double value(PrometheusApi server, String promql, Instant at) {
    return server.query(promql, at).path(0).path("value").path(1).asDouble();
  }

  /** Dollars of each workload that has any. */
  private static Map<String, Double> truth(
      SimulatedCluster cluster, Rates rates, long begin, long end) {
    Map<String, Double> dollars = new TreeMap<>();
    for (SimPod pod : cluster.pods()) {
      double seconds = overlap(pod.start(), pod.end(), begin, end);
      if (seconds > 0) {
        double hourly =
            pod.requestedCores() * rates.core() + pod.requestedBytes() / (1L << 30) * rates.gib();
        dollars.merge(pod.namespace(), hourly * seconds / 3600, Double::sum);
      }
    }
    return dollars;
  }

  private static double overlap(long start, long end, long from, long to) {
    return Math.max(0, Math.min(end, to) - Math.max(start, from));
  }

  private static Map<String, List<Sample>> samples(
      PrometheusApi server, String series, String label, Instant from, Instant to) {
    Map<String, List<Sample>> byLabel = new TreeMap<>();
    long seconds = Duration.between(from, to).toSeconds();
    for (JsonNode one : server.query("%s[%ds]".formatted(series, seconds), to)) {
      List<Sample> samples =
          byLabel.computeIfAbsent(
              label.isEmpty() ? "" : one.path("metric").path(label).asText(),
              first -> new ArrayList<>());
      for (JsonNode sample : one.path("values")) {
        samples.add(
            new Sample(
                Instant.ofEpochMilli(Math.round(sample.path(0).asDouble() * 1000)),
                sample.path(1).asDouble()));
      }
    }
    return byLabel;
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A table for docs/performance.md. */
  public static String markdown(List<Outcome> outcomes) {
    StringBuilder table =
        new StringBuilder(
            """
            | scraped every | minutes | read twice | worst workload | all workloads | cluster |
            |---|---|---|---|---|---|
            """);
    for (Outcome outcome : outcomes) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %d s | %d | %d | %+.4f %% (%s) | %+.4f %% | %.1e |%n",
              outcome.scrape(),
              outcome.minutes(),
              outcome.twice(),
              100 * outcome.worst(),
              outcome.which(),
              100 * outcome.all(),
              outcome.cluster()));
    }
    return table.toString();
  }
}

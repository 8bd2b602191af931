package io.namespend.testbed.benchmark;

import static java.util.Objects.requireNonNull;

import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.rules.RuleManifests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the rules cost on a large cluster, scraped each minute by a real Prometheus: the shipped
 * ones, then the usual joins with kube-state-metrics for the same numbers.
 */
public final class RuleBenchmark {
  /** Until the five minutes that rates look back on are full. */
  private static final Duration WARM_UP = Duration.ofMinutes(7);

  private static final Duration SLOWEST_INTERVAL = Duration.ofMinutes(4);

  /** Dollars of all requests an hour, which does not depend on how they are asked for. */
  private static final String CONTROL = "sum(namespace_basis:cost_hourly:sum{basis=\"request\"})";

  private final Tools tools;
  private final Path project;
  private final Path folder;
  private final LargeCluster cluster;
  private final int evaluations;
  private final Consumer<String> progress;

  /**
   * @param folder for data and logs
   * @param evaluations of each group that are measured
   */
  public RuleBenchmark(
      Tools tools,
      Path project,
      Path folder,
      LargeCluster cluster,
      int evaluations,
      Consumer<String> progress) {
    this.tools = tools;
    this.project = project;
    this.folder = folder;
    this.cluster = cluster;
    this.evaluations = evaluations;
    this.progress = progress;
  }

  /** Measures both, and tells in Markdown. */
  public String run() {
    List<Path> shipped =
        new RuleManifests(project.resolve("alert-rules")).writeRuleFiles(folder.resolve("rules"));
    try (LargeClusterServer server = LargeClusterServer.start(cluster, Clock.systemUTC())) {
      Measurement ours =
          measure(
              server, "Namespend's rules", folder.resolve("rules-prometheus"), shipped, CONTROL);
      Measurement joins =
          measure(
              server,
              "kube-state-metrics joins",
              folder.resolve("joins-prometheus"),
              List.of(joins()),
              "sum(joins:namespace:request_cost)");
      if (Math.abs(ours.control / joins.control - 1) > 1e-9) {
        throw new IllegalStateException(
            "requests cost %s by our rules and %s by the joins"
                .formatted(ours.control, joins.control));
      }
      return report(ours, joins);
    }
  }

  /**
   * Measures these rules and those of another checkout in turn, twice each, in one Prometheus, and
   * tells both in Markdown.
   *
   * @param before the other rules: a folder of manifests
   */
  public String runBeside(Path before) {
    Path current = folder.resolve("current-rules");
    Path data = folder.resolve("rules-prometheus");
    Map<String, RuleManifests> sides = new LinkedHashMap<>();
    sides.put("before", new RuleManifests(before));
    sides.put("now", new RuleManifests(project.resolve("alert-rules")));
    Map<String, GroupTimes> times = new LinkedHashMap<>();
    Map<String, Double> controls = new LinkedHashMap<>();
    try (LargeClusterServer server = LargeClusterServer.start(cluster, Clock.systemUTC())) {
      Files.createDirectories(current);
      try (Prometheus prometheus =
          Prometheus.start(
              tools, data, config(server.ownScrapeJobs(), List.of(current.resolve("*.yaml"))), 0)) {
        PrometheusApi api = new PrometheusApi(prometheus.address());
        progress.accept("filling five minutes");
        Pause.of(WARM_UP);
        for (int round = 1; round <= 2; round++) {
          for (Map.Entry<String, RuleManifests> side : sides.entrySet()) {
            String name = "%s, round %d".formatted(side.getKey(), round);
            replace(current, side.getValue());
            prometheus.reload();
            progress.accept(name + ": letting the slowest group begin");
            Pause.of(SLOWEST_INTERVAL);
            times
                .computeIfAbsent(side.getKey(), key -> new GroupTimes())
                .observe(api, evaluations, step -> progress.accept(name + ": " + step));
            controls.put(side.getKey(), api.value(CONTROL, Instant.now()));
          }
        }
        return comparison(times, controls, api.residentBytes() / 1e9);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void replace(Path folder, RuleManifests rules) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    rules.writeRuleFiles(folder);
  }

  private String comparison(
      Map<String, GroupTimes> times, Map<String, Double> controls, double gigabytes) {
    GroupTimes before = requireNonNull(times.get("before"));
    GroupTimes now = requireNonNull(times.get("now"));
    return """
    %,d nodes, %,d pods, %,d containers, %,d namespaces, %,d workloads; requests cost %s an hour. Prometheus resident: %.1f GB.

    **Before**

    %s
    **Now**

    %s
    Seconds of evaluation an hour: %.0f before, %.0f now (%+.1f %%).
    """
        .formatted(
            cluster.nodes(),
            cluster.pods(),
            cluster.containers(),
            cluster.namespaces(),
            cluster.workloads(),
            controls,
            gigabytes,
            before.table(),
            now.table(),
            before.anHour(),
            now.anHour(),
            100 * (now.anHour() / before.anHour() - 1));
  }

  private String report(Measurement ours, Measurement joins) {
    return """
    %,d nodes, %,d pods, %,d containers, %,d namespaces, %,d workloads; requests cost %.2f an hour by both ways.

    **Namespend's rules** (Prometheus resident: %.1f GB; every evaluation within a quarter of its interval: %s)

    %s
    **Kube-state-metrics joins** (Prometheus resident: %.1f GB)

    %s
    One evaluation of everything: %.1f s against %.1f s, %.1f times. An hour of ours at the shipped intervals:
    %.0f s, against %.0f s (%.1f times) of joins every minute, which is the usual interval, and %.0f s (%.1f times) of joins
    at the intervals of ours.
    """
        .formatted(
            cluster.nodes(),
            cluster.pods(),
            cluster.containers(),
            cluster.namespaces(),
            cluster.workloads(),
            ours.control,
            ours.gigabytes,
            ours.times.within(0.25) ? "yes" : "NO",
            ours.times.table(),
            joins.gigabytes,
            joins.times.table(),
            ours.times.once(),
            joins.times.once(),
            joins.times.once() / ours.times.once(),
            ours.times.anHour(),
            joins.times.once() * 60,
            joins.times.once() * 60 / ours.times.anHour(),
            joinsAtOurIntervals(joins),
            joinsAtOurIntervals(joins) / ours.times.anHour());
  }

  /** The joins are evaluated one after the other, so that they do not disturb each other. */
  private static double joinsAtOurIntervals(Measurement joins) {
    return joins.times.ofRules("joins:namespace:request") * 60
        + joins.times.ofRules("joins:namespace:usage") * 30
        + joins.times.ofRules("joins:namespace_workload_pod:") * 15
        + joins.times.ofRules("joins:workload:") * 15
        + joins.times.ofRules("joins:pod:") * 15;
  }

  private Measurement measure(
      LargeClusterServer server, String name, Path data, List<Path> ruleFiles, String control) {
    progress.accept(name + ": filling five minutes");
    try (Prometheus prometheus =
        Prometheus.start(tools, data, config(server.scrapeJobs(), ruleFiles), 0)) {
      PrometheusApi api = new PrometheusApi(prometheus.address());
      Pause.of(WARM_UP);
      GroupTimes times = new GroupTimes();
      times.observe(api, evaluations, step -> progress.accept(name + ": " + step));
      progress.accept("%s:%n%s".formatted(name, times.table()));
      return new Measurement(times, api.value(control, Instant.now()), api.residentBytes() / 1e9);
    }
  }

  private static String config(List<String> scrapeJobs, List<Path> ruleFiles) {
    StringBuilder text =
        new StringBuilder(
            "global: {scrape_interval: 1m, scrape_timeout: 55s, evaluation_interval: 1m}\n");
    text.append("rule_files:\n");
    ruleFiles.forEach(file -> text.append("  - ").append(file.toAbsolutePath()).append('\n'));
    text.append("scrape_configs:\n");
    scrapeJobs.forEach(text::append);
    return text.toString();
  }

  private Path joins() {
    Path file = folder.resolve("kube-state-metrics-joins.yaml");
    try (InputStream resource =
        RuleBenchmark.class.getResourceAsStream("/benchmark/kube-state-metrics-joins.yaml")) {
      Files.write(file, resource.readAllBytes());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param control cost of all requests an hour, which both ways must give
   */
  private record Measurement(GroupTimes times, double control, double gigabytes) {}
}

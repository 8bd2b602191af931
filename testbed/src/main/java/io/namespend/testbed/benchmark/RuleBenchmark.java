package io.namespend.testbed.benchmark;

import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.rules.RuleManifests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the rules cost on a large cluster, scraped each minute by a real Prometheus: the shipped
 * ones, then the usual joins with kube-state-metrics for the same numbers.
 */
public final class RuleBenchmark {
  /** Until the five minutes that rates look back on are full. */
  private static final Duration WARM_UP = Duration.ofMinutes(7);

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
              server,
              "Namespend's rules",
              folder.resolve("rules-prometheus"),
              shipped,
              "sum(namespace_basis:cost_hourly:sum{basis=\"request\"})");
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
    try (Prometheus prometheus = Prometheus.start(tools, data, config(server, ruleFiles), 0)) {
      PrometheusApi api = new PrometheusApi(prometheus.address());
      Pause.of(WARM_UP);
      GroupTimes times =
          GroupTimes.of(api, evaluations, step -> progress.accept(name + ": " + step));
      progress.accept("%s:%n%s".formatted(name, times.table()));
      return new Measurement(times, api.value(control, Instant.now()), api.residentBytes() / 1e9);
    }
  }

  private String config(LargeClusterServer server, List<Path> ruleFiles) {
    StringBuilder text =
        new StringBuilder(
            "global: {scrape_interval: 1m, scrape_timeout: 55s, evaluation_interval: 1m}\n");
    text.append("rule_files:\n");
    ruleFiles.forEach(file -> text.append("  - ").append(file.toAbsolutePath()).append('\n'));
    text.append("scrape_configs:\n");
    server.scrapeJobs().forEach(text::append);
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

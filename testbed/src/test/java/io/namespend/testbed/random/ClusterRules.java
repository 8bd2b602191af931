package io.namespend.testbed.random;

import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.PrometheusUrl;
import io.namespend.reporter.prometheus.Sample;
import io.namespend.testbed.model.Scenario;
import io.namespend.testbed.model.SeriesKey;
import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.rules.RuleManifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules as shipped in a real Prometheus, fed with any number of clusters at once. */
final class ClusterRules implements AutoCloseable {
  private static final List<String> TARGETS =
      List.of("exporter", "second-exporter", "measured", "recorded");

  /** Short, for groups wait for what groups before them write. */
  private static final String INTERVAL = "2s";

  /** Files from here on, such as budgets and alerts, only read what is compared. */
  private static final String AFTER_TOTALS = "45";

  private final SampleFeed feed;
  private final Prometheus prometheus;
  private final PrometheusClient client;
  private final ExporterSeries exporter;
  private final int passes;

  private ClusterRules(
      SampleFeed feed, Prometheus prometheus, ExporterSeries exporter, int passes) {
    this.feed = feed;
    this.prometheus = prometheus;
    this.exporter = exporter;
    this.passes = passes;
    this.client =
        PrometheusClient.of(
            PrometheusUrl.parse(prometheus.address().toString()),
            Duration.ofSeconds(60),
            warning -> {
              throw new AssertionError(warning);
            });
  }

  /**
   * @param folder empty; gets everything that is written
   * @param base the folder of manifests
   * @param optional manifests besides
   */
  static ClusterRules start(Tools tools, Path folder, Path base, List<Path> optional) {
    SampleFeed feed = SampleFeed.start(TARGETS);
    try {
      Path rules = folder.resolve("rules");
      for (Path file : new RuleManifests(base).writeRuleFiles(rules)) {
        shorten(file);
        if (file.getFileName().toString().compareTo(AFTER_TOTALS) >= 0) {
          Files.delete(file);
        }
      }
      if (!optional.isEmpty()) {
        copied(optional, folder.resolve("optional"))
            .writeRuleFiles(rules)
            .forEach(ClusterRules::shorten);
      }
      Prometheus prometheus =
          Prometheus.start(tools, folder.resolve("prometheus"), config(rules, feed.address()), 0);
      // Usage and node groups read prices, and the calculation what they make of them; optional
      // rules
      // are one more such step.
      int passes = optional.isEmpty() ? 3 : 4;
      return new ClusterRules(feed, prometheus, new ExporterSeries(folder), passes);
    } catch (IOException e) {
      feed.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      feed.close();
      throw e;
    }
  }

  /**
   * Feeds clusters and waits until no figure can change any more.
   *
   * @param metrics what to read
   * @return values by series, by cluster
   */
  Map<String, Map<SeriesKey, Double>> run(Map<String, Scenario> clusters, List<String> metrics)
      throws InterruptedException {
    feed.deliver(pages(clusters));
    if (!client.query("min_over_time(up[1m]) == 0", Clock.systemUTC().instant()).isEmpty()) {
      throw new AssertionError("Prometheus could not scrape in time; is the machine overloaded?");
    }
    RuleEvaluations evaluations = new RuleEvaluations(prometheus.address());
    for (int pass = 0; pass < passes; pass++) {
      evaluations.awaitPass();
    }
    Map<String, Map<SeriesKey, Double>> values = new HashMap<>();
    clusters.keySet().forEach(cluster -> values.put(cluster, new HashMap<>()));
    Instant now = Clock.systemUTC().instant();
    List<Sample> altered = client.query("abs(cluster_family:input_read:ratio - 1) > 1e-9", now);
    if (!altered.isEmpty()) {
      throw new AssertionError("the rules do not read what the exporter says: " + altered);
    }
    for (String metric : metrics) {
      for (Sample sample : client.query(metric, now)) {
        Map<SeriesKey, Double> ofCluster = values.get(sample.label("cluster"));
        if (ofCluster != null) {
          ofCluster.put(new SeriesKey(metric, sample.labels()), sample.value());
        }
      }
    }
    return values;
  }

  @Override
  public void close() {
    prometheus.close();
    feed.close();
  }

  private Map<String, String> pages(Map<String, Scenario> clusters) {
    Instant moment = Clock.systemUTC().instant();
    Map<String, SamplePage> pages = new HashMap<>();
    TARGETS.forEach(target -> pages.put(target, new SamplePage(moment)));
    clusters.forEach(
        (cluster, scenario) -> {
          Map<String, List<FedSeries>> series = new HashMap<>();
          List<FedSeries> exported = exporter.of(scenario);
          series.put("exporter", exported);
          if (scenario.oddities().twoExporters()) {
            series.put("second-exporter", exported);
          }
          series.put("measured", MeasuredSeries.of(scenario));
          series.put("recorded", RecordedSeries.of(scenario));
          pages.forEach(
              (target, page) -> page.add(cluster, series.getOrDefault(target, List.of())));
        });
    Map<String, String> text = new HashMap<>();
    pages.forEach((target, page) -> text.put(target, page.text()));
    return text;
  }

  /**
   * The exporter's targets have the labels that the ServiceMonitor gives them; its own must win
   * over them. What rules record has no labels of a target.
   */
  private static String config(Path rules, String feed) {
    return """
    global: {scrape_interval: 6s, scrape_timeout: 6s, evaluation_interval: %1$s}
    rule_files: ["%2$s/*.yaml"]
    scrape_configs:
      - job_name: namespend-exporter
        honor_labels: true
        metrics_path: /exporter
        static_configs:
          - targets: ["%3$s"]
            labels: {replica: namespend-exporter-0}
      - job_name: namespend-exporter-again
        honor_labels: true
        metrics_path: /second-exporter
        static_configs:
          - targets: ["%3$s"]
            labels: {replica: namespend-exporter-1}
      - job_name: measured
        honor_labels: true
        metrics_path: /measured
        static_configs: [{targets: ["%3$s"]}]
      - job_name: recorded
        honor_labels: true
        metrics_path: /recorded
        static_configs: [{targets: ["%3$s"]}]
        metric_relabel_configs: [{action: labeldrop, regex: "job|instance"}]
    """
        .formatted(INTERVAL, rules, feed);
  }

  private static RuleManifests copied(List<Path> manifests, Path folder) {
    try {
      Files.createDirectories(folder);
      for (Path manifest : manifests) {
        Files.copy(manifest, folder.resolve(manifest.getFileName()));
      }
      return new RuleManifests(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void shorten(Path ruleFile) {
    try {
      String rules = Files.readString(ruleFile);
      Files.writeString(ruleFile, rules.replaceAll("(?m)^( *interval:).*$", "$1 " + INTERVAL));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

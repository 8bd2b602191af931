package io.namespend.testbed.time;

import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.PrometheusUrl;
import io.namespend.reporter.prometheus.Sample;
import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.process.Promtool;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.rules.Rule;
import io.namespend.testbed.rules.RuleLayers;
import io.namespend.testbed.rules.RuleManifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A Prometheus with what it would have recorded from a ledger, minute by minute. */
final class RecordedPast implements AutoCloseable {
  /** What turns the ledger into dollars of hours and months. */
  private static final Set<String> RULES =
      Set.of(
          "cluster:cost_hourly:sum",
          "namespace:cost_hourly:sum",
          "namespend:totals_evaluated:bool",
          "cluster:cost:sum1h",
          "namespace:cost:sum1h",
          "cluster:coverage:ratio1h",
          "cluster:coverage:month_to_date",
          "namespace:cost:month_to_date",
          "previous_month:last_day:time",
          "months_ago:last_day:time",
          "month:hours:sum",
          "cluster:cost:closed_month",
          "cluster:coverage:closed_month",
          "month:begin:timestamp_seconds",
          "cluster:recorded_hour:timestamp_seconds",
          "namespace:recorded_hour:timestamp_seconds",
          "cluster:measured_hours:month_to_date",
          "cluster:first_hour:timestamp_seconds",
          "cluster:last_hour:timestamp_seconds",
          "namespace:first_hour:timestamp_seconds",
          "namespace:last_hour:timestamp_seconds",
          "cluster:ended:timestamp_seconds",
          "cluster:begin:timestamp_seconds",
          "cluster:end:timestamp_seconds",
          "namespace:begin:timestamp_seconds",
          "namespace:end:timestamp_seconds",
          "namespace:coverage:month_to_date",
          "namespace:cost:month_to_date_estimate",
          "weekday:days_ahead:sum",
          "weekday:month_hours_left:sum",
          "namespace:cost:month_forecast");

  private static final String QUERY_ONLY = "global: {scrape_interval: 1m}\n";

  private final Prometheus prometheus;
  private final PrometheusClient client;

  private RecordedPast(Prometheus prometheus) {
    this.prometheus = prometheus;
    this.client =
        PrometheusClient.of(
            PrometheusUrl.parse(prometheus.address().toString()),
            Duration.ofSeconds(30),
            warning -> {});
  }

  /** From one full minute to another, exclusive, in which Prometheus ran. */
  record Awake(Instant from, Instant to) {}

  /**
   * Fills the past and starts Prometheus on it.
   *
   * @param folder empty; its path decides at which second of a minute groups are evaluated
   * @param samples in OpenMetrics text
   */
  static RecordedPast of(
      Tools tools, Path folder, Path manifests, String samples, List<Awake> awake) {
    Promtool promtool = new Promtool(tools, folder.resolve("promtool.log"));
    Path data = folder.resolve("prometheus/data");
    Path file = folder.resolve("samples.txt");
    try {
      Files.createDirectories(data);
      Files.writeString(file, samples);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    promtool.createBlocks(List.of(file), data);
    List<Rule> rules =
        new RuleManifests(manifests)
            .recordingRules().stream().filter(rule -> RULES.contains(rule.name())).toList();
    RuleLayers layers = new RuleLayers(rules);
    for (int layer = 0; layer < layers.count(); layer++) {
      List<Path> files = layers.write(layer, folder.resolve("rules"));
      try (Prometheus server = start(tools, folder)) {
        for (Awake time : awake) {
          promtool.createBlocksFromRules(
              server.address(),
              files,
              time.from.getEpochSecond(),
              time.to.getEpochSecond() - 1,
              data);
        }
      }
    }
    return new RecordedPast(start(tools, folder));
  }

  /** Values by namespace; the empty one for series that have none. */
  Map<String, Double> query(String promql, String at) {
    return client.query(promql, Instant.parse(at)).stream()
        .collect(Collectors.toMap(sample -> sample.label("namespace"), Sample::value));
  }

  @Override
  public void close() {
    prometheus.close();
  }

  private static Prometheus start(Tools tools, Path folder) {
    return Prometheus.start(tools, folder.resolve("prometheus"), QUERY_ONLY, 0);
  }
}

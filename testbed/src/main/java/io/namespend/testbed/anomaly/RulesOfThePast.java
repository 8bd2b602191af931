package io.namespend.testbed.anomaly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.testbed.backfill.OpenMetricsFile;
import io.namespend.testbed.benchmark.PrometheusApi;
import io.namespend.testbed.cadvisor.SeriesText;
import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.process.Promtool;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.rules.Rule;
import io.namespend.testbed.rules.RuleLayers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records rules over the simulated weeks, layer by layer, each hour at the same minute. A real
 * Prometheus evaluates them; promtool, which would give each group minutes of its own, only makes
 * blocks of the results.
 */
final class RulesOfThePast {
  private static final Duration STEP = Duration.ofHours(1);
  private static final String CONFIG = "global: {scrape_interval: 1m}\n";

  private final Tools tools;
  private final Path folder;
  private final Promtool promtool;

  RulesOfThePast(Tools tools, Path folder) {
    this.tools = tools;
    this.folder = folder;
    this.promtool = new Promtool(tools, folder.resolve("promtool.log"));
  }

  /** Takes in a file of samples and deletes it. */
  void load(Path samples) {
    promtool.createBlocks(List.of(samples), folder.resolve("data"));
    try {
      Files.delete(samples);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void record(RuleLayers layers) {
    for (int layer = 0; layer < layers.count(); layer++) {
      Path samples = folder.resolve("layer.txt");
      // Prometheus sees new blocks when it starts.
      try (Prometheus prometheus = start();
          OpenMetricsFile out = new OpenMetricsFile(samples)) {
        PrometheusApi api = new PrometheusApi(prometheus.address());
        for (Rule rule : layers.layer(layer)) {
          record(rule, api, out);
        }
      }
      load(samples);
    }
  }

  private static void record(Rule rule, PrometheusApi api, OpenMetricsFile out) {
    for (JsonNode series : range(api, rule, 0)) {
      ObjectNode labels = (ObjectNode) series.path("metric");
      labels.remove("__name__");
      rule.body().path("labels").properties().forEach(l -> labels.set(l.getKey(), l.getValue()));
      String text = SeriesText.of(rule.name(), labelPairs(labels));
      for (JsonNode sample : series.path("values")) {
        out.sample(text, sample.path(1).asDouble(), sample.path(0).asLong());
      }
    }
  }

  /** When each alert fired in the weeks that count. */
  List<Firing> firings(List<Rule> alerts) {
    List<Firing> firings = new ArrayList<>();
    try (Prometheus prometheus = start()) {
      PrometheusApi api = new PrometheusApi(prometheus.address());
      for (Rule alert : alerts) {
        AlertClock clock = AlertClock.of(alert);
        for (JsonNode series : range(api, alert, SpendPast.FIRST_HOUR)) {
          Map<String, String> labels = new TreeMap<>();
          series
              .path("metric")
              .properties()
              .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
          List<Integer> hours = new ArrayList<>();
          for (JsonNode sample : series.path("values")) {
            hours.add(hour(sample.path(0).asLong()));
          }
          clock.firings(labels, hours).forEach(firings::add);
        }
      }
    }
    return firings;
  }

  private static int hour(long second) {
    return (int) ((second - SpendPast.evaluation(0).getEpochSecond()) / STEP.toSeconds());
  }

  private static JsonNode range(PrometheusApi api, Rule rule, int fromHour) {
    return api.range(
        rule.expression(),
        SpendPast.evaluation(fromHour),
        SpendPast.evaluation(SpendPast.HOURS - 1),
        STEP);
  }

  private Prometheus start() {
    return Prometheus.start(tools, folder, CONFIG, 0);
  }

  private static List<String> labelPairs(JsonNode labels) {
    List<String> pairs = new ArrayList<>();
    labels.properties().forEach(l -> pairs.addAll(List.of(l.getKey(), l.getValue().asText())));
    return pairs;
  }
}

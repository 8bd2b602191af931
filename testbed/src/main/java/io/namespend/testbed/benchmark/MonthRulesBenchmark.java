package io.namespend.testbed.benchmark;

import io.namespend.testbed.month.MonthWriter;
import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.rules.RuleManifests;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** How long the rules take that read weeks of hours: months, budgets, anomalies. */
public final class MonthRulesBenchmark {
  private static final Set<String> FILES =
      Set.of(
          "40-months.yaml",
          "45-settings.yaml",
          "50-budgets.yaml",
          "55-bills.yaml",
          "60-anomalies.yaml",
          "60-anomaly-thresholds.yaml");

  private final Tools tools;
  private final Path project;
  private final int evaluations;
  private final Consumer<String> progress;

  /**
   * @param evaluations of each group that are measured
   */
  public MonthRulesBenchmark(
      Tools tools, Path project, int evaluations, Consumer<String> progress) {
    this.tools = tools;
    this.project = project;
    this.evaluations = evaluations;
    this.progress = progress;
  }

  /**
   * Measures, and tells in Markdown.
   *
   * @param month what {@link MonthWriter} wrote; what the rules record is added to it
   */
  public String run(Path month) {
    List<Path> rules =
        new RuleManifests(project.resolve("alert-rules"))
            .writeRuleFiles(month.resolve("rules")).stream()
                .filter(file -> FILES.contains(file.getFileName().toString()))
                .toList();
    try (Prometheus prometheus = MonthWriter.start(month, tools, rules)) {
      PrometheusApi api = new PrometheusApi(prometheus.address());
      GroupTimes times = new GroupTimes();
      times.observe(api, evaluations, progress);
      return "Every evaluation within a quarter of its interval: %s%n%n%s"
          .formatted(times.within(0.25) ? "yes" : "NO", times.table());
    }
  }
}

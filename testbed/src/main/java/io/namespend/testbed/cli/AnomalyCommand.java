package io.namespend.testbed.cli;

import io.namespend.testbed.anomaly.AnomalyBenchmark;
import io.namespend.testbed.anomaly.AnomalyReport;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the anomaly rules; docs/performance.md has the figures. */
@Command(
    name = "benchmark-anomalies",
    mixinStandardHelpOptions = true,
    description = {
      "Plant 20 anomalies in 12 simulated weeks of 40 namespaces, evaluate the shipped rules over"
          + " them in a real Prometheus, and tell how many were found and what fired without"
          + " reason.",
      "",
      "Takes a minute a seed. Prints Markdown for docs/performance.md."
    })
final class AnomalyCommand implements Callable<Integer> {
  @Option(names = "--seed", split = ",", description = "Each is another past (default: 1).")
  private List<Long> seeds = List.of(1L);

  @Option(
      names = "--limit",
      description = "A threshold to try instead of the shipped one, such as zscore=3. Repeatable.")
  private Map<String, Double> limits = new HashMap<>();

  @Option(names = "--details", description = "Also list what was missed and what was false.")
  private boolean details;

  @Mixin private Checkout checkout = new Checkout();

  @Override
  public Integer call() throws IOException {
    Tools tools = Checkout.tools();
    AnomalyBenchmark benchmark =
        new AnomalyBenchmark(tools, checkout.resolve("alert-rules"), limits);
    AnomalyReport report = new AnomalyReport(details);
    Progress progress = new Progress();
    for (long seed : seeds) {
      progress.step("seed " + seed);
      Path folder = checkout.scratch("anomalies");
      Folders.delete(folder);
      report.add(seed, benchmark.run(seed, folder));
      Folders.delete(folder);
    }
    System.out.printf("%n%s", report.markdown());
    return 0;
  }
}

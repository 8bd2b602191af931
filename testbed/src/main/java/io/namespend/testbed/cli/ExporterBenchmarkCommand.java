package io.namespend.testbed.cli;

import io.namespend.testbed.apiserver.ClusterSize;
import io.namespend.testbed.benchmark.ExporterBenchmark;
import io.namespend.testbed.benchmark.ExporterBenchmark.Bounds;
import io.namespend.testbed.benchmark.ExporterBenchmark.Plan;
import io.namespend.testbed.process.FailedProcessException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the exporter; docs/performance.md has the figures. */
@Command(
    name = "benchmark-exporter",
    mixinStandardHelpOptions = true,
    description = {
      "Measure start, memory, processor time and scrapes of the exporter's jar with the JVM options"
          + " that it ships with, on a small and on the largest cluster, also while 10,000 pods"
          + " change a minute.",
      "",
      "Takes 20 minutes on Linux. Run nothing else meanwhile. Prints Markdown for"
          + " docs/performance.md; ends with 1 if a bound is missed."
    })
final class ExporterBenchmarkCommand implements Callable<Integer> {
  @Option(names = "--scrapes", description = "For latencies. Default: ${DEFAULT-VALUE}.")
  private int scrapes = 100;

  @Option(names = "--steady", description = "Seconds in peace. Default: ${DEFAULT-VALUE}.")
  private int steady = 180;

  @Option(names = "--churn", description = "Seconds of changes. Default: ${DEFAULT-VALUE}.")
  private int churn = 300;

  @Option(names = "--changes", description = "Of pods a minute. Default: ${DEFAULT-VALUE}.")
  private int changes = 10_000;

  @Option(names = "--only", description = "small or large; both if absent.")
  private String only = "";

  @Option(
      names = "--project",
      defaultValue = ".",
      description = "The checkout (default: this folder). Logs go to its .benchmark.")
  private Path project = Path.of(".");

  @Override
  public Integer call() throws IOException {
    Map<String, ClusterSize> sizes = new LinkedHashMap<>();
    sizes.put("small", ClusterSize.SMALL);
    sizes.put("large", ClusterSize.LARGE);
    sizes.keySet().removeIf(name -> !only.isEmpty() && !only.equals(name));
    Path root = project.toAbsolutePath().normalize();
    Path folder = root.resolve(".benchmark/exporter-" + ProcessHandle.current().pid());
    Progress progress = new Progress();
    Plan plan =
        new Plan(
            scrapes,
            Duration.ofSeconds(steady),
            Duration.ofSeconds(churn),
            changes,
            Duration.ofSeconds(30));
    boolean isGood = true;
    try {
      for (Map.Entry<String, ClusterSize> each : sizes.entrySet()) {
        Bounds bounds = each.getKey().equals("small") ? Bounds.SMALL : Bounds.LARGE;
        ExporterBenchmark.Result result =
            new ExporterBenchmark(Testbed.class, root, folder, plan, progress::step)
                .run(each.getValue(), bounds);
        System.out.printf("%n%s cluster%n%n%s%n", each.getKey(), result.markdown());
        isGood &= !result.isMissed() && !result.isLost();
      }
      return isGood ? 0 : 1;
    } catch (FailedProcessException | IllegalStateException e) {
      System.err.println("benchmark-exporter: " + e.getMessage());
      return 1;
    }
  }
}

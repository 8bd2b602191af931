package io.namespend.testbed.cli;

import io.namespend.testbed.benchmark.ExporterBenchmark;
import io.namespend.testbed.benchmark.ExporterBenchmark.Plan;
import io.namespend.testbed.benchmark.ExporterSetting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the exporter; docs/performance.md has the figures. */
@Command(
    name = "benchmark-exporter",
    mixinStandardHelpOptions = true,
    description = {
      "Measure start, memory, CPU time and scrapes of the exporter's jar with the JVM options"
          + " of its manifests, on clusters of 10 to 5,000 nodes, also while 10,000 pods change a"
          + " minute.",
      "",
      "Takes 10 minutes a cluster, on Linux. Run nothing else meanwhile. Prints Markdown for"
          + " docs/performance.md; ends with 1 if a bound is missed."
    })
final class ExporterBenchmarkCommand implements Callable<Integer> {
  @Option(names = "--scrapes", description = "For latencies. Default: ${DEFAULT-VALUE}.")
  private int scrapes = 100;

  @Option(names = "--steady", description = "Seconds without changes. Default: ${DEFAULT-VALUE}.")
  private int steady = 180;

  @Option(names = "--churn", description = "Seconds of changes. Default: ${DEFAULT-VALUE}.")
  private int churn = 300;

  @Option(names = "--changes", description = "Of pods a minute. Default: ${DEFAULT-VALUE}.")
  private int changes = 10_000;

  @Option(
      names = "--clusters",
      split = ",",
      description = "Of ${COMPLETION-CANDIDATES}. Default: SMALL,LARGE.")
  private List<ExporterSetting> clusters = List.of(ExporterSetting.SMALL, ExporterSetting.LARGE);

  @Option(
      names = "--jvm-options",
      description =
          "Beside those of the manifests, such as -XX:AOTCache=FILE, which the image has.")
  private String jvmOptions = "";

  @Mixin private Checkout checkout = new Checkout();

  @Override
  public Integer call() throws IOException {
    Path root = checkout.folder();
    Path folder = checkout.scratch("exporter");
    Progress progress = new Progress();
    Plan plan =
        new Plan(
            scrapes,
            Duration.ofSeconds(steady),
            Duration.ofSeconds(churn),
            changes,
            Duration.ofSeconds(30),
            jvmOptions);
    boolean isGood = true;
    for (ExporterSetting cluster : clusters) {
      ExporterBenchmark.Result result =
          new ExporterBenchmark(Testbed.class, root, folder, plan, progress::step).run(cluster);
      System.out.printf("%n%s cluster%n%n%s%n", cluster, result.markdown());
      isGood &= !result.isMissed() && !result.isLost();
    }
    return isGood ? 0 : 1;
  }
}

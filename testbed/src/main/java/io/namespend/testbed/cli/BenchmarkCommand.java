package io.namespend.testbed.cli;

import io.namespend.exporter.policy.pool.Per;
import io.namespend.testbed.benchmark.LargeCluster;
import io.namespend.testbed.benchmark.RuleBenchmark;
import io.namespend.testbed.benchmark.WindowBenchmark;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the rules; docs/performance.md has the figures. */
@Command(
    name = "benchmark-rules",
    mixinStandardHelpOptions = true,
    description = {
      "Measure the rules on a large cluster behind a real Prometheus, beside the usual joins with"
          + " kube-state-metrics, and 30 days of costs asked for in both ways.",
      "",
      "With --before the rules of another checkout are measured in its place, in turn with these"
          + " and in one Prometheus, which takes an hour.",
      "",
      "Takes 45 minutes and, at the default size, some 16 GB of memory and 10 GB of disk. Run"
          + " nothing else meanwhile. Prints Markdown for docs/performance.md."
    })
final class BenchmarkCommand implements Callable<Integer> {
  @Option(names = "--nodes", description = "Default: ${DEFAULT-VALUE}.")
  private int nodes = LargeCluster.LARGEST.nodes();

  @Option(names = "--pods", description = "Default: ${DEFAULT-VALUE}.")
  private int pods = LargeCluster.LARGEST.pods();

  @Option(names = "--namespaces", description = "Default: ${DEFAULT-VALUE}.")
  private int namespaces = LargeCluster.LARGEST.namespaces();

  @Option(names = "--workloads", description = "Default: ${DEFAULT-VALUE}.")
  private int workloads = LargeCluster.LARGEST.workloads();

  @Option(
      names = "--per",
      description =
          "Over whom idle and system are split: cluster, nodeGroup or node. Default:"
              + " ${DEFAULT-VALUE}.")
  private String per = Per.CLUSTER.text();

  @Option(
      names = "--evaluations",
      description = "How many evaluations of each group are measured. Default: ${DEFAULT-VALUE}.")
  private int evaluations = 3;

  @Mixin private Checkout checkout = new Checkout();

  @Option(
      names = "--before",
      paramLabel = "FOLDER",
      description = "The alert-rules of another checkout, to be measured beside these.")
  private @Nullable Path before;

  @Override
  public Integer call() throws IOException {
    Tools tools = Checkout.tools();
    Path folder = checkout.resolve(".benchmark");
    Folders.delete(folder);
    Files.createDirectories(folder);
    Progress progress = new Progress();
    try {
      LargeCluster cluster = new LargeCluster(nodes, pods, namespaces, workloads, Per.parse(per));
      RuleBenchmark benchmark =
          new RuleBenchmark(tools, checkout.folder(), folder, cluster, evaluations, progress::step);
      if (before != null) {
        System.out.printf("%n%s", benchmark.runBeside(before));
        return 0;
      }
      String windows = new WindowBenchmark(tools, folder, progress::step).run();
      System.out.printf("%n%s%n%s", benchmark.run(), windows);
      return 0;
    } finally {
      Folders.delete(folder.resolve("windows"));
      Folders.delete(folder.resolve("rules-prometheus"));
      Folders.delete(folder.resolve("joins-prometheus"));
    }
  }
}

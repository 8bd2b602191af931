package io.namespend.testbed.cli;

import io.namespend.testbed.benchmark.MonthRulesBenchmark;
import io.namespend.testbed.process.FailedProcessException;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the rules that read months; docs/performance.md has the figures. */
@Command(
    name = "benchmark-months",
    mixinStandardHelpOptions = true,
    description = {
      "Measure the rules of months, budgets and anomalies in a real Prometheus that has the month"
          + " of a large company.",
      "",
      "Writes the month first, unless --month names one that write-month wrote. Takes 20 minutes;"
          + " run nothing else meanwhile. Prints Markdown for docs/performance.md."
    })
final class MonthRulesCommand implements Callable<Integer> {
  @Mixin private WrittenMonth month = new WrittenMonth();

  @Option(
      names = "--evaluations",
      description = "How many evaluations of each group are measured. Default: ${DEFAULT-VALUE}.")
  private int evaluations = 2;

  @Override
  public Integer call() throws IOException {
    Optional<Tools> tools = Tools.find();
    if (tools.isEmpty()) {
      System.err.println("benchmark-months: prometheus and promtool must be on the PATH");
      return 1;
    }
    Progress progress = new Progress();
    try {
      month.read(
          tools.get(),
          progress,
          folder ->
              System.out.printf(
                  "%n%s",
                  new MonthRulesBenchmark(tools.get(), month.project(), evaluations, progress::step)
                      .run(folder)));
      return 0;
    } catch (FailedProcessException | IllegalStateException | IllegalArgumentException e) {
      System.err.println("benchmark-months: " + e.getMessage());
      return 1;
    }
  }
}

package io.namespend.testbed.cli;

import io.namespend.testbed.benchmark.MonthRulesBenchmark;
import java.io.IOException;
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
    return month.measure(
        (folder, tools, progress) ->
            new MonthRulesBenchmark(tools, month.checkout().folder(), evaluations, progress::step)
                .run(folder));
  }
}

package io.namespend.testbed.cli;

import io.namespend.testbed.benchmark.PrometheusApi;
import io.namespend.testbed.dashboards.Dashboard;
import io.namespend.testbed.dashboards.DashboardBenchmark;
import io.namespend.testbed.month.MonthWriter;
import io.namespend.testbed.process.Prometheus;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures the dashboards; docs/performance.md has the figures. */
@Command(
    name = "benchmark-dashboards",
    mixinStandardHelpOptions = true,
    description = {
      "Ask a real Prometheus with a large company's month everything that the dashboards ask, as"
          + " Grafana would for 30 days, 7 days and 6 hours, and tell what took longest.",
      "",
      "Writes the month first, unless --month names one that write-month wrote. Prints Markdown for"
          + " docs/performance.md."
    })
final class DashboardsCommand implements Callable<Integer> {
  @Mixin private WrittenMonth month = new WrittenMonth();

  @Override
  public Integer call() throws IOException {
    return month.measure(
        (folder, tools, progress) -> {
          try (Prometheus prometheus = MonthWriter.start(folder, tools, List.of())) {
            return new DashboardBenchmark(
                    new PrometheusApi(prometheus.address()),
                    MonthWriter.end(folder),
                    progress::step)
                .run(Dashboard.in(month.checkout().resolve("dashboards")));
          }
        });
  }
}

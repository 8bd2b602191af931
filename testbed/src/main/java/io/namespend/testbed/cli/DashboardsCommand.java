package io.namespend.testbed.cli;

import io.namespend.testbed.benchmark.PrometheusApi;
import io.namespend.testbed.dashboards.Dashboard;
import io.namespend.testbed.dashboards.DashboardBenchmark;
import io.namespend.testbed.month.MonthWriter;
import io.namespend.testbed.process.FailedProcessException;
import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  @Option(names = "--month", paramLabel = "FOLDER", description = "What write-month wrote.")
  private Optional<Path> written = Optional.empty();

  @Option(
      names = "--project",
      defaultValue = ".",
      description = "The checkout (default: this folder). Data and logs go to its .benchmark.")
  private Path project = Path.of(".");

  @Mixin private MonthOptions month = new MonthOptions();

  @Override
  public Integer call() throws IOException {
    Optional<Tools> tools = Tools.find();
    if (tools.isEmpty()) {
      System.err.println("benchmark-dashboards: prometheus and promtool must be on the PATH");
      return 1;
    }
    Progress progress = new Progress();
    Path own = project.resolve(".benchmark/month").toAbsolutePath().normalize();
    Path folder = written.orElse(own).toAbsolutePath();
    try {
      if (written.isEmpty()) {
        Folders.delete(own);
        Files.createDirectories(own);
        new MonthWriter(month.plan()).write(own, tools.get(), progress::step);
      }
      try (Prometheus prometheus = MonthWriter.start(folder, tools.get())) {
        System.out.printf(
            "%n%s",
            new DashboardBenchmark(
                    new PrometheusApi(prometheus.address()),
                    MonthWriter.end(folder),
                    progress::step)
                .run(Dashboard.in(project.resolve("dashboards"))));
      }
      return 0;
    } catch (FailedProcessException | IllegalStateException | IllegalArgumentException e) {
      System.err.println("benchmark-dashboards: " + e.getMessage());
      return 1;
    } finally {
      Folders.delete(own);
    }
  }
}

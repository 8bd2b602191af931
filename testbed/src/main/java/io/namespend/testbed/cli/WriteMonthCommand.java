package io.namespend.testbed.cli;

import io.namespend.testbed.month.MonthWriter;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a large company's month for benchmarks. */
@Command(
    name = "write-month",
    mixinStandardHelpOptions = true,
    description = {
      "Write a month of what the rules record of a large company, as blocks of Prometheus: hourly"
          + " rollups, and the last hours by the minute.",
      "",
      "Then: prometheus --config.file=/dev/null --storage.tsdb.path=FOLDER/data"
          + " --storage.tsdb.retention.time=1y"
    })
final class WriteMonthCommand implements Callable<Integer> {
  @Option(names = "--to", required = true, paramLabel = "FOLDER", description = "Emptied before.")
  private Path folder = Path.of("");

  @Mixin private MonthOptions month = new MonthOptions();

  @Override
  public Integer call() throws IOException {
    Tools tools = Checkout.tools();
    MonthWriter writer = new MonthWriter(month.plan());
    Folders.delete(folder);
    writer.write(folder.toAbsolutePath(), tools, new Progress()::step);
    return 0;
  }
}

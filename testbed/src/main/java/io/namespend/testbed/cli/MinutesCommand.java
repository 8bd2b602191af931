package io.namespend.testbed.cli;

import io.namespend.testbed.minutes.MinutesBenchmark;
import io.namespend.testbed.minutes.MinutesBenchmark.Outcome;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures whether every second is paid; docs/performance.md has the figures. */
@Command(
    name = "benchmark-minutes",
    mixinStandardHelpOptions = true,
    description = {
      "Run pods of seconds by a known schedule, in real time, and compare what a real exporter,"
          + " Prometheus servers of several phases and the rules charge with what they cost.",
      "",
      "Prints Markdown for docs/performance.md; ends with 1 if a workload is charged wrong by more"
          + " than 0.5 %%, or all together by more than 0.1 %%."
    })
final class MinutesCommand implements Callable<Integer> {
  @Option(names = "--minutes", description = "Measured. Default: ${DEFAULT-VALUE}.")
  private int minutes = 60;

  @Option(
      names = "--servers",
      description =
          "Prometheus servers, scraping every 30 and every 60 seconds in turn. Default:"
              + " ${DEFAULT-VALUE}.")
  private int servers = 12;

  @Option(names = "--pods", description = "That begin within an hour. Default: ${DEFAULT-VALUE}.")
  private int pods = 10_000;

  @Option(
      names = "--exporter",
      description = "A jar of another version. Default: that of the checkout.")
  private Optional<Path> exporter = Optional.empty();

  @Mixin private Checkout checkout = new Checkout();

  @Override
  public Integer call() throws IOException {
    Tools tools = Checkout.tools();
    Path root = checkout.folder();
    Path folder = checkout.scratch("minutes");
    Files.createDirectories(folder);
    MinutesBenchmark.Plan plan =
        new MinutesBenchmark.Plan(
            Duration.ofMinutes(minutes),
            IntStream.range(0, servers).mapToObj(i -> i % 2 == 0 ? 30 : 60).toList(),
            pods);
    MinutesBenchmark benchmark =
        new MinutesBenchmark(
            exporter.orElse(root.resolve("exporter/target/exporter.jar")).toAbsolutePath(),
            root,
            folder,
            tools,
            plan,
            new Progress()::step);
    try {
      List<Outcome> outcomes = benchmark.run();
      System.out.printf(
          "%n%s%nseconds that came late: %d%n",
          MinutesBenchmark.markdown(outcomes), benchmark.lateTicks());
      return outcomes.stream()
              .allMatch(o -> Math.abs(o.worst()) <= 0.005 && Math.abs(o.all()) <= 0.001)
          ? 0
          : 1;
    } finally {
      Folders.delete(folder);
    }
  }
}

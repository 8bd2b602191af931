package io.namespend.testbed.cli;

import io.namespend.testbed.benchmark.DoorBenchmark;
import io.namespend.testbed.benchmark.ExporterSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures the exporter's port under connections of others; docs/performance.md has the figures.
 */
@Command(
    name = "benchmark-door",
    mixinStandardHelpOptions = true,
    description =
        "Measure probes and scrapes of the exporter while others hold many connections to it. Takes"
            + " a minute for each of five kinds, on Linux.")
final class DoorCommand implements Callable<Integer> {
  @Option(names = "--connections", description = "Of each kind. Default: ${DEFAULT-VALUE}.")
  private int connections = 200;

  @Option(names = "--seconds", description = "For each kind. Default: ${DEFAULT-VALUE}.")
  private int seconds = 60;

  @Option(
      names = "--cluster",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private ExporterSetting cluster = ExporterSetting.SMALL;

  @Option(names = "--jar", description = "Another exporter than that of the project.")
  private Optional<Path> jar = Optional.empty();

  @Option(
      names = "--health-port",
      description = "Where probes go; 0 for the port of metrics. Default: ${DEFAULT-VALUE}.")
  private int healthPort = 10_041;

  @Mixin private Checkout checkout = new Checkout();

  @Override
  public Integer call() {
    Path root = checkout.folder();
    Progress progress = new Progress();
    DoorBenchmark benchmark =
        new DoorBenchmark(
            Testbed.class,
            root,
            checkout.scratch("door"),
            jar.orElse(root.resolve("exporter/target/exporter.jar")),
            healthPort,
            progress::step);
    System.out.println(benchmark.run(cluster, connections, Duration.ofSeconds(seconds)));
    return 0;
  }
}

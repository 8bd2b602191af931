package io.namespend.testbed.cli;

import io.namespend.testbed.benchmark.DigestBenchmark;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the reporter; docs/performance.md has the figures. */
@Command(
    name = "benchmark-digests",
    mixinStandardHelpOptions = true,
    description = {
      "Write four weeks of many namespaces and teams into a real Prometheus, and measure the"
          + " reporter's jar: all digests as text, then as mails to a server on loopback.",
      "",
      "Takes some minutes and 4 GB of memory; data is kept in .benchmark for the next run. Prints"
          + " Markdown for docs/performance.md."
    })
final class DigestCommand implements Callable<Integer> {
  @Option(names = "--namespaces", description = "Default: ${DEFAULT-VALUE}.")
  private int namespaces = 1000;

  @Option(names = "--teams", description = "Default: ${DEFAULT-VALUE}.")
  private int teams = 200;

  @Option(names = "--jvm", description = "An option of the reporter's JVM. Repeatable.")
  private List<String> jvm = new ArrayList<>();

  @Mixin private Checkout checkout = new Checkout();

  @Override
  public Integer call() throws IOException {
    Tools tools = Checkout.tools();
    Path jar = checkout.resolve("reporter/target/reporter.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " must be built");
    }
    Path folder = checkout.resolve(".benchmark/digests");
    Files.createDirectories(folder);
    System.out.printf(
        "%n%s",
        new DigestBenchmark(tools, jar, folder, jvm, new Progress()::step).run(namespaces, teams));
    return 0;
  }
}

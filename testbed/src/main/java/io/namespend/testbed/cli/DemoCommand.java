package io.namespend.testbed.cli;

import io.namespend.testbed.process.FailedProcessException;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.stack.RunningStack;
import io.namespend.testbed.stack.StackSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the whole path, prints the weekly digest and the budgets, and leaves it running. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Start a simulated cluster with 15 days of history and show what it costs.")
final class DemoCommand implements Callable<Integer> {
  private static final Duration PAST = Duration.ofDays(15);

  @Option(names = "--once", description = "End after the digest and the budgets.")
  private boolean once;

  @Option(
      names = "--scale",
      defaultValue = "1",
      description = "Size of the cluster: 1 is 7 nodes and some 40 pods.")
  private int scale = 1;

  @Option(names = "--seed", defaultValue = "42", description = "Another seed, another cluster.")
  private long seed;

  @Mixin private Checkout checkout = new Checkout();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<Tools> tools = Tools.find();
    if (tools.isEmpty()) {
      System.err.println("demo: prometheus and promtool are not on the PATH; run ./demo instead");
      return 1;
    }
    Path folder = checkout.resolve(".demo");
    Progress progress = new Progress();
    StackSettings settings =
        new StackSettings(
            tools.get(), folder, checkout.folder(), Clock.systemUTC().instant(), PAST, scale, seed);
    try (RunningStack stack = RunningStack.start(settings, Clock.systemUTC(), progress::step)) {
      progress.step("asking for the weekly digest");
      System.out.println();
      int exit = weekly(settings, stack);
      if (exit != 0) {
        System.err.println("demo: the digest failed; logs are in " + folder);
        return 1;
      }
      System.out.println();
      progress.step("waiting for the first evaluation of the alerts");
      System.out.println();
      System.out.print(new BudgetReport(stack.prometheus(), Clock.systemUTC()).print());
      if (once) {
        return 0;
      }
      System.out.println();
      progress.step("starting Grafana");
      System.out.printf(
          "%nGrafana     %s%nPrometheus  %s%nExporter    %s/metrics%nLogs        %s%n",
          stack.startGrafana(settings), stack.prometheus(), stack.exporter(), folder);
      awaitInterrupt(stack);
      return 0;
    } catch (FailedProcessException e) {
      System.err.println("demo: " + e.getMessage());
      return 1;
    }
  }

  private int weekly(StackSettings settings, RunningStack stack)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            checkout.resolve("reporter/target/reporter.jar").toString(),
            "weekly",
            "--dry-run",
            "--prometheus=" + stack.prometheus(),
            "--until=" + settings.end());
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static void awaitInterrupt(RunningStack stack) throws InterruptedException {
    System.out.println("\nRunning until Ctrl-C.");
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  System.out.println("\nStopping ...");
                  stack.close();
                  stopped.countDown();
                }));
    stopped.await();
  }
}

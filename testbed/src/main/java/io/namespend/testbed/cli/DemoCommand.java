package io.namespend.testbed.cli;

import io.namespend.testbed.process.FailedProcessException;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.stack.RunningStack;
import io.namespend.testbed.stack.StackSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
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
      Path page = folder.resolve("digest.html");
      Path pdf = folder.resolve("digest.pdf");
      int exit = weekly(settings, stack, List.of(page, pdf));
      if (exit != 0) {
        System.err.println("demo: the digest failed; logs are in " + folder);
        return 1;
      }
      System.out.printf("%nThe digest as a page  %s%nThe digest as a PDF   %s%n%n", page, pdf);
      progress.step("waiting for the first evaluation of the alerts");
      System.out.println();
      System.out.print(new BudgetReport(stack.prometheus(), Clock.systemUTC()).print());
      if (once) {
        return 0;
      }
      System.out.println();
      progress.step("starting Grafana");
      System.out.printf(
          "%nGrafana     %s%nPrometheus  %s%nExporter    %s%nLogs        %s%n",
          stack.startGrafana(settings), stack.prometheus(), stack.exporter(), folder);
      System.out.print(nowTry(stack.prometheus()));
      awaitInterrupt(stack);
      return 0;
    } catch (FailedProcessException e) {
      System.err.println("demo: " + e.getMessage());
      return 1;
    }
  }

  /** What there is to see, as commands that run as they are. */
  static String nowTry(URI prometheus) {
    return """

    Now try, in another terminal:
      bin/namespend explain --prometheus %1$s --namespace checkout
          what a namespace's cost is made of
      bin/namespend statement --prometheus %1$s \\
          --month %2$s --preview --format pdf --output statement.pdf
          the month so far, line by line
      bin/namespend doctor --prometheus %1$s
          what is wrong with an installation: here, nobody knows Grafana
      bin/namespend price m5.xlarge --region eu-west-1
          where a price comes from
    """
        .formatted(prometheus, YearMonth.now(Clock.systemUTC()));
  }

  private int weekly(StackSettings settings, RunningStack stack, List<Path> files)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            checkout.resolve("reporter/target/reporter.jar").toString(),
            "weekly",
            "--dry-run",
            "--prometheus=" + stack.prometheus(),
            "--until=" + settings.end()));
    files.forEach(file -> command.add("--output=" + file));
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

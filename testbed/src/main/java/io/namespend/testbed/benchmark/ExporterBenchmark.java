package io.namespend.testbed.benchmark;

import io.namespend.testbed.apiserver.ClusterSize;
import io.namespend.testbed.process.ApiServerProcess;
import io.namespend.testbed.process.ExporterProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the exporter's jar takes of a machine, with the JVM options of its manifests, beside a
 * stand-in API server in another process.
 */
public final class ExporterBenchmark {
  private static final long SEED = 1;
  private static final Duration SYNC = Duration.ofMinutes(10);

  /** A change is seen when the minute after it is published. */
  private static final Duration CATCH_UP = Duration.ofMinutes(4);

  private final Class<?> testbed;
  private final Path project;
  private final Path folder;
  private final Plan plan;
  private final Consumer<String> progress;

  /**
   * How long to measure.
   *
   * @param scrapes one after the other, for their latency
   * @param steady how long it is scraped when idle, for memory and CPU time
   * @param churn how long pods change
   * @param changes of pods a minute meanwhile
   * @param interval between scrapes in both
   * @param jvmOptions beside those of the manifests
   */
  public record Plan(
      int scrapes,
      Duration steady,
      Duration churn,
      int changes,
      Duration interval,
      String jvmOptions) {}

  private static final double START = 2;
  private static final double SCRAPE = 1;
  private static final double SCRAPE_WITH_PODS = 3;
  private static final double CORE_PERCENT = 5;

  /** Of the manifests. */
  private static final double SCRAPE_TIMEOUT = 30;

  /**
   * @param testbed main class that has the command {@code serve-cluster}
   * @param folder for logs
   */
  public ExporterBenchmark(
      Class<?> testbed, Path project, Path folder, Plan plan, Consumer<String> progress) {
    this.testbed = testbed;
    this.project = project;
    this.folder = folder;
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * What was measured.
   *
   * @param isLost whether in the end pods were missing or wrong
   */
  public record Result(String markdown, boolean isMissed, boolean isLost) {}

  public Result run(ExporterSetting setting) {
    ExporterFigures figures = new ExporterFigures();
    ClusterSize size = setting.size();
    progress.accept(
        "%,d nodes, %,d pods: starting the API server".formatted(size.nodes(), size.pods()));
    try (ApiServerProcess server =
        ApiServerProcess.start(testbed, size, SEED, folder.resolve("api-server.log"))) {
      withoutPodSeries(server, setting, figures);
      PodTruth.Difference difference = withPodSeries(server, setting, figures);
      return new Result(figures.markdown(), figures.missed(), !difference.isNone());
    }
  }

  private void withoutPodSeries(
      ApiServerProcess server, ExporterSetting setting, ExporterFigures figures) {
    try (ExporterProcess exporter = launch(server, setting, List.of("--no-pod-series"))) {
      exporter.await("/-/ready", SYNC);
      MetricsClient client = new MetricsClient(exporter.address());
      progress.accept("scrapes without pod series");
      figures.addSeconds("scrape without pod series", scrapes(client), Optional.of(SCRAPE));
      figures.add(
          "resident without pod series",
          new LinuxProcess(exporter.jvm()).residentMebibytes(),
          "MiB",
          Optional.of(setting.residentMebibytes()));
    }
  }

  private PodTruth.Difference withPodSeries(
      ApiServerProcess server, ExporterSetting setting, ExporterFigures figures) {
    long start = System.nanoTime();
    try (ExporterProcess exporter = launch(server, setting, List.of())) {
      exporter.await("/-/healthy", SYNC);
      figures.add("start to healthy", secondsSince(start), "s", Optional.of(START));
      exporter.await("/-/ready", SYNC);
      MetricsClient client = new MetricsClient(exporter.address());
      MetricsClient.Scrape first = client.scrape();
      figures.add(
          "start to first scrape", secondsSince(start), "s", Optional.of(setting.firstScrape()));
      figures.add(
          "scrape, compressed", first.compressedBytes() / 1048576.0, "MiB", Optional.empty());
      LinuxProcess process = new LinuxProcess(exporter.jvm());
      figures.add("CPU until then", process.cpu().toMillis() / 1e3, "s", Optional.empty());
      PodTruth truth = new PodTruth(server.address());
      requireNone(truth.compare(client));

      progress.accept("scrapes with pod series");
      figures.addSeconds("scrape with pod series", scrapes(client), Optional.of(SCRAPE_WITH_PODS));
      progress.accept("scrapes of all formats at once");
      atOnce(exporter, process, figures, setting);
      progress.accept("when idle");
      phase("when idle", plan.steady(), process, client, setting, figures);
      double heapBefore = process.liveHeapMebibytes();
      figures.add("live heap", heapBefore, "MiB", Optional.empty());

      progress.accept("%,d changes of pods a minute".formatted(plan.changes()));
      truth.change(plan.changes());
      List<Double> scrapes = phase("with changes", plan.churn(), process, client, setting, figures);
      truth.change(0);
      figures.add(
          "longest scrape with changes",
          ExporterFigures.quantile(scrapes, 1),
          "s",
          Optional.of(SCRAPE_WITH_PODS));
      PodTruth.Difference difference = caughtUp(truth, client, figures);
      figures.add("live heap after changes", process.liveHeapMebibytes(), "MiB", Optional.empty());
      figures.add("most that was ever resident", process.peakMebibytes(), "MiB", Optional.empty());
      figures.add("pods missing after changes", difference.missing(), "", Optional.of(0.0));
      figures.add("pods wrong after changes", difference.wrong(), "", Optional.of(0.0));
      return difference;
    }
  }

  private void atOnce(
      ExporterProcess exporter,
      LinuxProcess process,
      ExporterFigures figures,
      ExporterSetting setting) {
    figures.add("most resident until then", process.peakMebibytes(), "MiB", Optional.empty());
    ScrapesAtOnce.Outcome outcome = new ScrapesAtOnce(exporter.address()).run();
    outcome.wrong().forEach(progress);
    String many = outcome.scrapes() + " scrapes at once";
    figures.add("longest of " + many, outcome.longest(), "s", Optional.of(SCRAPE_TIMEOUT));
    figures.add("of these, not what one alone gets", outcome.wrong().size(), "", Optional.of(0.0));
    figures.add(
        "most resident after " + many,
        process.peakMebibytes(),
        "MiB",
        Optional.of(setting.limitMebibytes(project)));
  }

  /** Scrapes at the interval. */
  private List<Double> phase(
      String name,
      Duration duration,
      LinuxProcess process,
      MetricsClient client,
      ExporterSetting setting,
      ExporterFigures figures) {
    List<Double> scrapes = new ArrayList<>();
    Duration cpu = process.cpu();
    long start = System.nanoTime();
    double largest = 0;
    while (secondsSince(start) < duration.toMillis() / 1e3) {
      Pause.of(plan.interval());
      scrapes.add(client.scrape().seconds());
      largest = Math.max(largest, process.residentMebibytes());
    }
    double percent = process.cpu().minus(cpu).toMillis() / 10.0 / secondsSince(start);
    figures.add("resident " + name, largest, "MiB", Optional.of(setting.residentMebibytes()));
    figures.add("CPU " + name, percent, "% of a core", Optional.of(CORE_PERCENT));
    return scrapes;
  }

  private PodTruth.Difference caughtUp(
      PodTruth truth, MetricsClient client, ExporterFigures figures) {
    long start = System.nanoTime();
    while (true) {
      PodTruth.Difference difference = truth.compare(client);
      if (difference.isNone() || secondsSince(start) > CATCH_UP.toSeconds()) {
        figures.add("last change to its scrape", secondsSince(start), "s", Optional.empty());
        return difference;
      }
      progress.accept("not yet caught up: " + difference);
      Pause.of(Duration.ofSeconds(1));
    }
  }

  private static void requireNone(PodTruth.Difference difference) {
    if (!difference.isNone()) {
      throw new IllegalStateException("the first scrape is not complete: " + difference);
    }
  }

  private List<Double> scrapes(MetricsClient client) {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < plan.scrapes(); i++) {
      seconds.add(client.scrape().seconds());
    }
    return seconds;
  }

  private ExporterProcess launch(
      ApiServerProcess server, ExporterSetting setting, List<String> options) {
    Path kubeconfig = Kubeconfig.write(folder.resolve("kubeconfig"), server.address());
    List<String> arguments = new ArrayList<>(List.of("--kubeconfig=" + kubeconfig));
    arguments.addAll(options);
    return ExporterProcess.launch(
        project.resolve("exporter/target/exporter.jar"),
        folder.resolve("exporter.log"),
        setting.environment(project, plan.jvmOptions()),
        arguments);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}

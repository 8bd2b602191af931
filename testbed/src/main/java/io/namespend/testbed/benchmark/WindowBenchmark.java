package io.namespend.testbed.benchmark;

import io.namespend.testbed.backfill.OpenMetricsFile;
import io.namespend.testbed.cadvisor.SeriesText;
import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.process.Promtool;
import io.namespend.testbed.process.Tools;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What 7 and 30 days of all namespaces cost to ask for: from the hours that the rules wrote, and by
 * the usual rate over the raw counters, on the same data.
 */
public final class WindowBenchmark {
  private static final int DAYS = 30;
  private static final int NAMESPACES = 10;
  private static final int CONTAINERS = 600;
  private static final double CORE_HOUR = 0.03;
  private static final int RUNS = 5;
  private static final String QUERY_ONLY = "global: {scrape_interval: 1m}\n";

  private final Tools tools;
  private final Path folder;
  private final Consumer<String> progress;

  /**
   * @param folder for data and logs
   */
  public WindowBenchmark(Tools tools, Path folder, Consumer<String> progress) {
    this.tools = tools;
    this.folder = folder;
    this.progress = progress;
  }

  /** Measures both, and tells in Markdown. */
  public String run() {
    Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS);
    Promtool promtool = new Promtool(tools, folder.resolve("promtool.log"));
    Path data = folder.resolve("windows/data");
    for (int day = 0; day < DAYS; day += 10) {
      progress.accept("writing days %d to %d of %d".formatted(day + 1, day + 10, DAYS));
      Path samples = folder.resolve("samples.txt");
      write(
          samples,
          end.minus(DAYS - day, ChronoUnit.DAYS),
          end.minus(DAYS - day - 10, ChronoUnit.DAYS));
      promtool.createBlocks(List.of(samples), data);
    }
    try (Prometheus prometheus =
        Prometheus.start(tools, folder.resolve("windows"), QUERY_ONLY, 0)) {
      PrometheusApi api = new PrometheusApi(prometheus.address());
      StringBuilder report =
          new StringBuilder(
              """
              %d namespaces, %d containers, %d days at one sample a minute; medians of %d runs.

              | window | hours of the rules, ms | usual rate, ms | times |
              |---|---|---|---|
              """
                  .formatted(NAMESPACES, CONTAINERS, DAYS, RUNS));
      for (int days : new int[] {7, DAYS}) {
        progress.accept("asking for %d days".formatted(days));
        String hours =
            "sum by (namespace) (sum_over_time(namespace:cost:sum1h[%dd]))".formatted(days);
        String usual =
            ("sum by (namespace) (rate(container_cpu_usage_seconds_total{container!=\"\"}[%dd]))"
                    + " * scalar(avg(node_cpu_hourly_cost)) * 24 * %d")
                .formatted(days, days);
        requireEqual(api, hours, usual, end);
        double ours = milliseconds(api, hours, end);
        double theirs = milliseconds(api, usual, end);
        report.append(
            "| %d days | %.1f | %.0f | %.0f |%n".formatted(days, ours, theirs, theirs / ours));
      }
      return report.toString();
    }
  }

  /** Constant use, so that both ways must give the same dollars. */
  private static void requireEqual(PrometheusApi api, String hours, String usual, Instant at) {
    double ratio = api.value("sum(" + hours + ")", at) / api.value("sum(" + usual + ")", at);
    if (Math.abs(ratio - 1) > 1e-3) {
      throw new IllegalStateException("the two ways differ by a factor of " + ratio);
    }
  }

  private static double milliseconds(PrometheusApi api, String promql, Instant at) {
    return IntStream.range(0, RUNS)
        .mapToDouble(
            run -> {
              long start = System.nanoTime();
              if (api.query(promql, at).size() != NAMESPACES) {
                throw new IllegalStateException("not every namespace: " + promql);
              }
              return (System.nanoTime() - start) / 1e6;
            })
        .sorted()
        .skip(RUNS / 2)
        .findFirst()
        .orElseThrow();
  }

  private static void write(Path samples, Instant begin, Instant end) {
    try (OpenMetricsFile file = new OpenMetricsFile(samples)) {
      for (int container = 0; container < CONTAINERS; container++) {
        String namespace = LargeCluster.namespaceName(container % NAMESPACES);
        String series =
            SeriesText.of(
                "container_cpu_usage_seconds_total",
                List.of(
                    "namespace",
                    namespace,
                    "pod",
                    "pod-" + container,
                    "container",
                    "c",
                    "node",
                    "n"));
        for (long second = begin.getEpochSecond(); second < end.getEpochSecond(); second += 60) {
          file.sample(series, LargeCluster.usedCores(container) * second, second);
        }
      }
      for (int namespace = 0; namespace < NAMESPACES; namespace++) {
        double cores = 0;
        for (int container = namespace; container < CONTAINERS; container += NAMESPACES) {
          cores += LargeCluster.usedCores(container);
        }
        String series =
            SeriesText.of(
                "namespace:cost:sum1h",
                List.of("namespace", LargeCluster.namespaceName(namespace), "month", "1"));
        for (long second = begin.getEpochSecond(); second < end.getEpochSecond(); second += 3600) {
          file.sample(series, cores * CORE_HOUR, second + 3540);
        }
      }
      for (long second = begin.getEpochSecond(); second < end.getEpochSecond(); second += 60) {
        file.sample(SeriesText.of("node_cpu_hourly_cost", List.of("node", "n")), CORE_HOUR, second);
      }
    }
  }
}

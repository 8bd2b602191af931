package io.namespend.testbed.dashboards;

import io.namespend.testbed.benchmark.PrometheusApi;
import io.namespend.testbed.dashboards.Filling.Choice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How long Prometheus takes for each question of the dashboards, with the steps that Grafana asks
 * for.
 */
public final class DashboardBenchmark {
  private static final List<String> RANGES = List.of("30d", "7d", "6h");
  private static final int RUNS = 3;
  private static final double LIMIT = 1000;
  private static final int SHOWN = 12;

  private record Time(String range, String place, double milliseconds) {}

  private final PrometheusApi prometheus;
  private final Instant end;
  private final Consumer<String> progress;

  /**
   * @param end of the data
   */
  public DashboardBenchmark(PrometheusApi prometheus, Instant end, Consumer<String> progress) {
    this.prometheus = prometheus;
    this.end = end;
    this.progress = progress;
  }

  /** The slowest questions of each range in Markdown, and all that take longer than a second. */
  public String run(List<Dashboard> dashboards) {
    StringBuilder report =
        new StringBuilder(
            """
            | range | questions | median of them, ms | slowest ms | over 1 s | of all dashboards together, s |
            |---|---|---|---|---|---|
            """);
    List<Time> slowest = new ArrayList<>();
    for (String range : RANGES) {
      progress.accept("asking for " + range);
      List<Time> times =
          dashboards.stream()
              .flatMap(dashboard -> times(dashboard, range).stream())
              .sorted(Comparator.comparingDouble(Time::milliseconds).reversed())
              .toList();
      report.append(
          "| %s | %d | %.1f | %.0f | %d | %.1f |%n"
              .formatted(
                  range,
                  times.size(),
                  times.get(times.size() / 2).milliseconds(),
                  times.get(0).milliseconds(),
                  times.stream().filter(time -> time.milliseconds() > LIMIT).count(),
                  times.stream().mapToDouble(Time::milliseconds).sum() / 1000));
      IntStream.range(0, times.size())
          .filter(i -> i < SHOWN || times.get(i).milliseconds() > LIMIT)
          .mapToObj(times::get)
          .forEach(slowest::add);
    }
    report.append("\n| range | slowest | ms |\n|---|---|---|\n");
    slowest.forEach(
        time ->
            report.append(
                "| %s | %s | %.0f |%n".formatted(time.range(), time.place(), time.milliseconds())));
    return report.toString();
  }

  private List<Time> times(Dashboard dashboard, String range) {
    TimeRange asked = TimeRange.until(end, range);
    List<Time> times = new ArrayList<>();
    Filling filling = new Filling(dashboard, prometheus, asked, Choice.ALL, Map.of());
    times.add(
        new Time(
            range,
            dashboard.uid() + ": its variables together",
            milliseconds(() -> new Filling(dashboard, prometheus, asked, Choice.ALL, Map.of()))));
    Set<String> seen = new HashSet<>();
    for (Target target : dashboard.targets()) {
      for (Question question : filling.questions(target)) {
        // Grafana asks the same once for each panel; it takes as long there.
        if (seen.add(question.promql() + question.step())) {
          times.add(
              new Time(range, question.place(), milliseconds(() -> question.ask(prometheus))));
        }
      }
    }
    return times;
  }

  /** The best of a few runs, which other programs on the machine disturbed least. */
  private static double milliseconds(Runnable question) {
    return IntStream.range(0, RUNS)
        .mapToDouble(
            run -> {
              long start = System.nanoTime();
              question.run();
              return (System.nanoTime() - start) / 1e6;
            })
        .min()
        .orElseThrow();
  }
}

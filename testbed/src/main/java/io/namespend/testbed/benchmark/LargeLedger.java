package io.namespend.testbed.benchmark;

import io.namespend.testbed.backfill.OpenMetricsFile;
import io.namespend.testbed.cadvisor.SeriesText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What the rules recorded of many namespaces and teams in some weeks, as far as digests read it.
 * Every namespace has its own size, growth and noise; another seed is another company.
 */
public final class LargeLedger {
  private static final int WORKLOADS = 3;
  private static final int HOURS_OF_A_WEEK = 168;

  /** Rules of hours write at their last minute. */
  private static final long LAST_MINUTE = 3540;

  /** What a namespace's cost is made of; pools beside resources. */
  private static final Map<String, Double> PARTS =
      new TreeMap<>(
          Map.of(
              "cpu",
              0.5,
              "memory",
              0.28,
              "storage",
              0.04,
              "pool:idle",
              0.12,
              "pool:platform",
              0.06));

  private final int namespaces;
  private final int teams;
  private final int weeks;
  private final Instant end;
  private final long seed;

  /**
   * @param end of the last week
   */
  public LargeLedger(int namespaces, int teams, int weeks, Instant end, long seed) {
    this.namespaces = namespaces;
    this.teams = teams;
    this.weeks = weeks;
    this.end = end;
    this.seed = seed;
  }

  static String team(int team) {
    return "team-%03d".formatted(team);
  }

  /** Series that have one sample an hour, and the daily level of those that have fifteen. */
  void write(Path path) {
    double[] company = new double[hours()];
    double[][] byTeam = new double[teams][hours()];
    try (OpenMetricsFile file = new OpenMetricsFile(path)) {
      for (int namespace = 0; namespace < namespaces; namespace++) {
        double[] cost = cost(namespace);
        String name = "namespace-%04d".formatted(namespace);
        int team = namespace % teams;
        for (int hour = 0; hour < hours(); hour++) {
          company[hour] += cost[hour];
          byTeam[team][hour] += cost[hour];
        }
        hourly(file, "namespace:cost:sum1h", cost, 1, "namespace", name);
        PARTS.forEach(
            (part, share) ->
                hourly(
                    file,
                    "ledger_line:cost:sum1h",
                    cost,
                    share,
                    "namespace",
                    name,
                    part.startsWith("pool:") ? "pool" : "resource",
                    part.replace("pool:", "")));
        info(file, "namespend_namespace_info", 1, "namespace", name, "team", team(team));
        writeLevels(file, name, team(team), cost);
      }
      for (int team = 0; team < teams; team++) {
        hourly(
            file,
            "team:cost:sum1h",
            byTeam[team],
            1,
            "team",
            team(team),
            "cost_center",
            "cc-" + team % 20,
            "environment",
            "production");
        double month = 30.4 * 24 * byTeam[team][hours() - 1];
        info(file, "team:cost:month_forecast", month, "team", team(team));
        info(
            file,
            "namespend_budget",
            month * (0.8 + 0.002 * team),
            "scope",
            "team",
            "name",
            team(team),
            "period",
            "month");
      }
      hourly(file, "cluster:cost:sum1h", company, 1);
      double[] covered = new double[hours()];
      Arrays.fill(covered, 1);
      hourly(file, "cluster:coverage:ratio1h", covered, 1);
      info(file, "namespend_currency_info", 1, "currency", "USD");
    }
  }

  /** Rules that make of daily levels what the shipped ones record every four minutes. */
  Path writeRules(Path file) {
    StringBuilder rules =
        new StringBuilder("groups:\n  - name: levels\n    interval: 4m\n    rules:\n");
    for (String record :
        List.of(
            "workload:cost_hourly:direct",
            "workload_basis:cost_hourly:sum",
            "namespace_owner:cost_hourly:direct")) {
      for (String resource : List.of("cpu", "memory")) {
        rules.append(
            """
                  - record: %s
                    expr: last_over_time(level:%s{resource="%s"}[1d]) * scalar(1 + 0.1 * sin(vector(time() / 3000)))
            """
                .formatted(record, record.replace(":", "_"), resource));
      }
    }
    try {
      return Files.writeString(file, rules);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begin of the two weeks that digests compare. */
  Instant comparedFrom() {
    return end.minus(Duration.ofDays(14));
  }

  private int hours() {
    return weeks * HOURS_OF_A_WEEK;
  }

  private Instant hour(int hour) {
    return end.minus(Duration.ofHours(hours() - (long) hour));
  }

  private double[] cost(int namespace) {
    Random random = new Random(seed * 1_000_003 + namespace);
    double perHour = Math.exp(Math.log(0.03) + random.nextDouble() * Math.log(200));
    double growth = Math.exp((random.nextDouble() - 0.4) * 0.3);
    double[] cost = new double[hours()];
    for (int hour = 0; hour < cost.length; hour++) {
      boolean day = hour % 24 >= 7 && hour % 24 < 19;
      cost[hour] =
          perHour
              * Math.pow(growth, hour / (double) HOURS_OF_A_WEEK)
              * (day ? 1.1 : 0.9)
              * Math.exp(0.04 * random.nextGaussian());
    }
    return cost;
  }

  private void writeLevels(OpenMetricsFile file, String namespace, String team, double[] cost) {
    for (int day = hours() - 2 * HOURS_OF_A_WEEK; day < hours(); day += 24) {
      long second = hour(day).getEpochSecond();
      for (String resource : List.of("cpu", "memory")) {
        double direct = cost[day] * PARTS.getOrDefault(resource, 0.0);
        file.sample(
            series("level:namespace_owner_cost_hourly_direct", namespace, resource, "team", team),
            direct,
            second);
        for (int workload = 0; workload < WORKLOADS; workload++) {
          double part = direct * (WORKLOADS - workload) / 6.0;
          String name = "service-" + workload;
          file.sample(
              series(
                  "level:workload_cost_hourly_direct",
                  namespace,
                  resource,
                  "workload_type",
                  "deployment",
                  "workload",
                  name),
              part,
              second);
          for (String basis : List.of("request", "usage")) {
            file.sample(
                series(
                    "level:workload_basis_cost_hourly_sum",
                    namespace,
                    resource,
                    "workload_type",
                    "deployment",
                    "workload",
                    name,
                    "basis",
                    basis),
                basis.equals("request") ? 1.2 * part : 0.5 * part,
                second);
          }
        }
      }
    }
  }

  private static String series(String name, String namespace, String resource, String... labels) {
    List<String> all = new ArrayList<>(List.of("namespace", namespace, "resource", resource));
    all.addAll(List.of(labels));
    return SeriesText.of(name, all);
  }

  private void hourly(
      OpenMetricsFile file, String name, double[] values, double share, String... labels) {
    String series = "";
    int month = 0;
    for (int hour = 0; hour < hours(); hour++) {
      int now = hour(hour).atOffset(ZoneOffset.UTC).getMonthValue();
      if (now != month) {
        List<String> all = new ArrayList<>(List.of(labels));
        all.addAll(List.of("month", String.valueOf(now)));
        series = SeriesText.of(name, all);
        month = now;
      }
      file.sample(series, values[hour] * share, hour(hour).getEpochSecond() + LAST_MINUTE);
    }
  }

  /** As seldom as whoever reads it can still see it. */
  private void info(OpenMetricsFile file, String name, double value, String... labels) {
    String series = SeriesText.of(name, List.of(labels));
    for (int hour = hours() - 2 * HOURS_OF_A_WEEK; hour < hours(); hour++) {
      file.sample(series, value, hour(hour).getEpochSecond() + LAST_MINUTE);
    }
  }
}

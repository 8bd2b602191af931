package io.namespend.testbed.anomaly;

import io.namespend.testbed.backfill.OpenMetricsFile;
import io.namespend.testbed.cadvisor.SeriesText;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;

/** Writes simulated spend as the hourly series of {@code 30-totals.yaml}. */
final class SpendFile {
  /** An hour is written at its last minute; every 50th at minute 4 of the next. */
  private static final int LAST_MINUTE = 59 * 60;

  private static final int SECOND_CHANCE = 64 * 60;

  private SpendFile() {}

  static void write(SimulatedSpend spend, Path file) {
    try (OpenMetricsFile out = new OpenMetricsFile(file)) {
      for (int hour = 0; hour < SpendPast.HOURS; hour++) {
        writeOwners(spend, hour, out);
        double coverage = SimulatedSpend.coverage(hour);
        if (coverage > 0) {
          writeHour(spend, hour, coverage, out);
        }
      }
    }
  }

  private static void writeOwners(SimulatedSpend spend, int hour, OpenMetricsFile out) {
    for (String namespace : spend.namespaces()) {
      if (spend.exists(namespace, hour)) {
        out.sample(
            SeriesText.of(
                "namespend_namespace_info",
                List.of("namespace", namespace, "team", SimulatedSpend.team(namespace))),
            1,
            SpendPast.evaluation(hour).getEpochSecond());
      }
    }
  }

  private static void writeHour(
      SimulatedSpend spend, int hour, double coverage, OpenMetricsFile out) {
    long second =
        SpendPast.hour(hour).getEpochSecond() + (hour % 50 == 7 ? SECOND_CHANCE : LAST_MINUTE);
    String month = Integer.toString(SpendPast.hour(hour).atOffset(ZoneOffset.UTC).getMonthValue());
    double total = 0;
    for (String namespace : spend.namespaces()) {
      double cost = coverage * spend.cost(namespace, hour);
      if (cost > 0) {
        out.sample(
            SeriesText.of("namespace:cost:sum1h", List.of("namespace", namespace, "month", month)),
            cost,
            second);
        total += cost;
      }
    }
    spend
        .teams(hour)
        .forEach(
            (team, cost) ->
                out.sample(
                    SeriesText.of("team:cost:sum1h", List.of("team", team, "month", month)),
                    coverage * cost,
                    second));
    out.sample(
        SeriesText.of("pool:cost:sum1h", List.of("pool", "idle", "month", month)),
        coverage * spend.idle(hour),
        second);
    out.sample(SeriesText.of("cluster:cost:sum1h", List.of("month", month)), total, second);
    out.sample(
        SeriesText.of("cluster:coverage:ratio1h", List.of("month", month)), coverage, second);
  }
}

package io.namespend.reporter.digest;

import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.Sample;
import io.namespend.reporter.prometheus.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Recorded series of two weeks, for all teams at once: the queries do not grow with them. */
final class Recorded {
  private final PrometheusClient prometheus;
  private final Week week;

  Recorded(PrometheusClient prometheus, Week week) {
    this.prometheus = prometheus;
    this.week = week;
  }

  /**
   * Dollars by the hour, added up.
   *
   * @param by labels that stay, also as the order of the key
   */
  Map<List<String>, WeekOnWeek> hours(String series, String... by) {
    return bothWeeks(
        one ->
            sums(
                "sum by (%s) (sum_over_time(%s[%s]))"
                    .formatted(String.join(", ", by), series, one.range()),
                one.written(),
                by));
  }

  /**
   * Dollars per hour, looked at once an hour and added up: what is recorded every few minutes for
   * each workload would else be read thousands of times.
   */
  Map<List<String>, WeekOnWeek> rates(String series, String... by) {
    return bothWeeks(one -> rates(one, series, by));
  }

  /** As {@link #rates(String, String...)}, of this week only. */
  Map<List<String>, Double> ratesOfTheWeek(String series, String... by) {
    return rates(week, series, by);
  }

  private Map<List<String>, Double> rates(Week one, String series, String... by) {
    // A millisecond before the end, so that the week has as many looks as hours.
    return sums(
        "sum by (%s) (sum_over_time(%s[%s:1h]))"
            .formatted(String.join(", ", by), series, one.range()),
        one.end().minusMillis(1),
        by);
  }

  /** Dollars of the month, up to the end of the week. */
  Map<List<String>, Double> monthToDate(String series, String... by) {
    return sums(
        "sum by (%s) (%s)".formatted(String.join(", ", by), week.monthToDate(series)),
        week.written(),
        by);
  }

  /**
   * What the month may have cost at the end of the week; where too little is known for an estimate,
   * what was measured.
   *
   * @param scope namespace, team or cluster
   */
  Map<List<String>, Double> monthEstimate(String scope, String... by) {
    return sums(estimate(scope, by), week.end().minusMillis(1), by);
  }

  static String estimate(String scope, String... by) {
    String series = scope + ":cost:month_to_date";
    return "sum by (%s) (last_over_time(%s_estimate[1h]) or last_over_time(%s[1h]))"
        .formatted(String.join(", ", by), series, series);
  }

  /** The mean of a ratio over this week's hours. */
  Map<List<String>, Double> mean(String series, String... by) {
    String labels = String.join(", ", by);
    return sums(
        "sum by (%s) (sum_over_time(%s[%s])) / sum by (%s) (count_over_time(%s[%s]))"
            .formatted(labels, series, week.range(), labels, series, week.range()),
        week.written(),
        by);
  }

  /** The last values at the end of the week. */
  Map<List<String>, Double> last(String aggregation, String series, String... by) {
    return sums(
        "%s by (%s) (last_over_time(%s[1h]))".formatted(aggregation, String.join(", ", by), series),
        week.end().minusMillis(1),
        by);
  }

  /**
   * What workloads need of CPU and memory at the prices of their nodes, as the dashboard of savings
   * has it: by cluster, namespace, workload type, workload, resource.
   */
  Map<List<String>, Double> needs() {
    String[] by = {"cluster", "namespace", "workload_type", "workload", "resource"};
    String labels = String.join(", ", by);
    String usage = "workload_basis:cost_hourly:sum{basis=\"usage\",resource=\"%s\"}[%s]";
    return sums(
        "max by (%s) (max_over_time(%s)) or max by (%s) (quantile_over_time(0.95, %s))"
            .formatted(
                labels,
                usage.formatted("memory", week.range()),
                labels,
                usage.formatted("cpu", week.range())),
        week.end().minusMillis(1),
        by);
  }

  /** How many pods workloads had at the end of each week; two exporters tell of the same pods. */
  Map<List<String>, WeekOnWeek> pods() {
    String[] by = {"cluster", "namespace", "workload_type", "workload"};
    String labels = String.join(", ", by);
    return bothWeeks(
        one ->
            sums(
                "count by (%s) (group by (%s, pod) (namespend_pod_request_hourly_cost))"
                    .formatted(labels, labels),
                one.end().minusMillis(1),
                by));
  }

  /** Which label values there were in either week. */
  Set<List<String>> seen(String series, String... by) {
    Set<List<String>> seen = new HashSet<>();
    for (Week one : List.of(week, week.previous())) {
      String promql =
          "group by (%s) (last_over_time(%s[%s]))"
              .formatted(String.join(", ", by), series, one.range());
      prometheus.query(promql, one.end()).forEach(sample -> seen.add(key(sample, by)));
    }
    return seen;
  }

  /** Every hour of both weeks, by when it is written. */
  List<Series> hourly(String series, String by) {
    return prometheus.range(
        "sum by (%s) (sum_over_time(%s[1h]))".formatted(by, series),
        week.previous().start().plus(Duration.ofHours(1)).plus(Week.WRITTEN_AFTER),
        week.written(),
        Duration.ofHours(1));
  }

  /** Both weeks' sums of a series, without any label. */
  WeekOnWeek total(String series) {
    Map<List<String>, WeekOnWeek> sums =
        bothWeeks(
            one ->
                sums("sum(sum_over_time(%s[%s]))".formatted(series, one.range()), one.written()));
    return sums.getOrDefault(List.of(), WeekOnWeek.NOTHING);
  }

  private Map<List<String>, WeekOnWeek> bothWeeks(Function<Week, Map<List<String>, Double>> read) {
    Map<List<String>, Double> now = read.apply(week);
    Map<List<String>, Double> before = read.apply(week.previous());
    return Stream.concat(now.keySet().stream(), before.keySet().stream())
        .distinct()
        .collect(
            Collectors.toMap(
                key -> key,
                key -> new WeekOnWeek(now.getOrDefault(key, 0.0), before.getOrDefault(key, 0.0))));
  }

  private Map<List<String>, Double> sums(String promql, Instant at, String... by) {
    return Sums.read(prometheus, promql, at, sample -> key(sample, by));
  }

  private static List<String> key(Sample sample, String... by) {
    return Stream.of(by).map(sample::label).toList();
  }
}

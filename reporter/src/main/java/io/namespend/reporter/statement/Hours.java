package io.namespend.reporter.statement;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.Sample;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What was recorded in a period, in the decimals that Prometheus answers. Sums leave the addition
 * of series to {@link BigDecimal}, which knows no order: the same samples always give the same
 * cents.
 */
public final class Hours {
  private final PrometheusClient prometheus;
  private final Period period;
  private final SortedSet<String> clusters;

  /**
   * @param clusters whose series to read; all if empty
   */
  public Hours(PrometheusClient prometheus, Period period, SortedSet<String> clusters) {
    this.prometheus = requireNonNull(prometheus, "prometheus");
    this.period = requireNonNull(period, "period");
    this.clusters = new TreeSet<>(clusters);
  }

  public Period period() {
    return period;
  }

  /** A series' samples of the period, added up. */
  public <K extends Comparable<K>> Map<K, BigDecimal> sums(String series, Function<Sample, K> key) {
    return exactly("sum_over_time(%s%s)".formatted(select(series), period.range()), key);
  }

  /** How many samples a series has in the period. */
  public <K extends Comparable<K>> Map<K, BigDecimal> counts(
      String series, Function<Sample, K> key) {
    return exactly("count_over_time(%s%s)".formatted(select(series), period.range()), key);
  }

  /** The values that a label had at any time of the period. */
  public SortedSet<String> values(String series, String label) {
    String promql =
        "group by (%s) (last_over_time(%s%s))".formatted(label, select(series), period.range());
    SortedSet<String> values = new TreeSet<>();
    for (Sample sample : query(promql)) {
      if (!sample.label(label).isBlank()) {
        values.add(sample.label(label));
      }
    }
    return values;
  }

  public List<Sample> query(String promql) {
    return prometheus.query(promql, period.at());
  }

  /**
   * Adds up what a query answers.
   *
   * @throws CannotStateException if a value is not a number
   */
  public <K extends Comparable<K>> Map<K, BigDecimal> exactly(
      String promql, Function<Sample, K> key) {
    Map<K, BigDecimal> sums = new TreeMap<>();
    for (Sample sample : query(promql)) {
      if (!Double.isFinite(sample.value())) {
        throw new CannotStateException(
            "%s at %s is %s for %s, which does not add up; find the hour that went wrong with the"
                    .formatted(promql, period.at(), sample.value(), new TreeMap<>(sample.labels()))
                + " same series in Prometheus, and delete its sample");
      }
      sums.merge(key.apply(sample), BigDecimal.valueOf(sample.value()), BigDecimal::add);
    }
    return sums;
  }

  /** A selector of the series in these clusters. */
  public String select(String series) {
    return clusters.isEmpty()
        ? series
        : "%s{cluster=~\"%s\"}"
            .formatted(
                series, clusters.stream().map(name -> escaped(quoted(name))).collect(joining("|")));
  }

  /** A selector of the series of one namespace. */
  public static String select(String series, NamespaceKey namespace) {
    return "%s{cluster=\"%s\", namespace=\"%s\"}"
        .formatted(series, escaped(namespace.cluster()), escaped(namespace.namespace()));
  }

  /** A selector of the series that an owner has without a namespace. */
  public static String selectOwner(String series, String cluster, Owner owner) {
    return "%s{cluster=\"%s\", namespace=\"\", team=\"%s\", cost_center=\"%s\"}"
        .formatted(series, escaped(cluster), escaped(owner.team()), escaped(owner.costCenter()));
  }

  /** A selector of the series of one cluster. */
  public static String selectCluster(String series, String cluster) {
    return "%s{cluster=\"%s\"}".formatted(series, escaped(cluster));
  }

  /** Text in a string of PromQL. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String quoted(String text) {
    return text.replaceAll("([\\\\.+*?()|\\[\\]{}^$])", "\\\\$1");
  }
}

package io.namespend.reporter.statement;

import static java.util.Objects.requireNonNull;

import io.namespend.reporter.prometheus.PrometheusClient;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Makes a statement from recorded series. */
public final class StatementReader {
  private static final String WHOLE = "cluster:cost:sum1h";
  private static final String COVERAGE = "cluster:coverage:ratio1h";
  private static final String USAGE = "namespace:usage_measured:ratio1h";
  private static final String CURRENCY = "namespend_currency_info";

  /** The rules add up to 1e-9, and so do their hours. */
  private static final BigDecimal TOLERANCE = new BigDecimal("1e-8");

  private static final BigDecimal TWICE = new BigDecimal("1.001");

  private final PrometheusClient prometheus;
  private final GlAccounts accounts;

  public StatementReader(PrometheusClient prometheus, GlAccounts accounts) {
    this.prometheus = requireNonNull(prometheus, "prometheus");
    this.accounts = requireNonNull(accounts, "accounts");
  }

  /**
   * Reads the recorded part of a period.
   *
   * @param clusters which to state; all if empty
   * @throws CannotStateException if it has no data, or none that adds up
   */
  public Statement read(Period period, SortedSet<String> clusters) {
    Hours hours = new Hours(prometheus, period, clusters);
    Map<String, BigDecimal> wholes = hours.sums(WHOLE, sample -> sample.label("cluster"));
    requireData(wholes, clusters, period);
    SortedMap<String, BigDecimal> coverage = coverage(hours, wholes);
    List<Charge> charges = new Charges(hours).read();
    requireSums(wholes, charges);
    BigDecimal whole = sum(new ArrayList<>(wholes.values()));
    String currency = currency(hours);
    int scale = decimals(currency);
    BigDecimal total = whole.setScale(scale, RoundingMode.HALF_UP);
    String rules = rules(hours);
    List<Line> lines =
        new Lines(period.recorded().name(), rules, Methods.read(hours), accounts)
            .of(charges, total, scale);
    List<String> warnings = new ArrayList<>();
    warnings.addAll(StatementWarnings.coverage(coverage));
    warnings.addAll(StatementWarnings.owners(hours, charges, currency, scale));
    warnings.addAll(StatementWarnings.accounts(accounts, lines, currency));
    return new Statement(
        period,
        currency,
        whole,
        total,
        lines,
        coverage,
        usageMeasured(hours),
        NodeGroups.read(hours),
        rules,
        Optional.empty(),
        warnings);
  }

  /** Decimals of the currency's smallest unit; 2 for what the JDK does not know. */
  static int decimals(String currency) {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException e) {
      return 2;
    }
  }

  private static void requireData(
      Map<String, BigDecimal> wholes, SortedSet<String> clusters, Period period) {
    if (wholes.isEmpty() || !wholes.keySet().containsAll(clusters)) {
      throw new CannotStateException(
          "no data: %s has no sample from %s to %s%s; are the recording rules loaded (Status,"
                  .formatted(
                      WHOLE,
                      period.start(),
                      period.until(),
                      clusters.isEmpty() ? "" : " for every one of " + String.join(", ", clusters))
              + " Rules), was the exporter scraped (Status, Targets), and does Prometheus keep its"
              + " data that long (--storage.tsdb.retention.time)?");
    }
  }

  private static SortedMap<String, BigDecimal> coverage(
      Hours hours, Map<String, BigDecimal> wholes) {
    Map<String, BigDecimal> recorded = hours.sums(COVERAGE, sample -> sample.label("cluster"));
    SortedMap<String, BigDecimal> coverage = new TreeMap<>();
    for (String cluster : wholes.keySet()) {
      // Rounded down, so that what is not quite all does not show as 1; but 1 can be a hair less.
      BigDecimal share =
          recorded
              .getOrDefault(cluster, BigDecimal.ZERO)
              .divide(BigDecimal.valueOf(hours.period().hours()), 9, RoundingMode.HALF_UP)
              .setScale(4, RoundingMode.FLOOR);
      if (share.compareTo(TWICE) > 0) {
        throw new CannotStateException(
            "%s adds up to %s for cluster \"%s\", more than 1: hours were recorded twice; run the"
                    .formatted(COVERAGE, share, cluster)
                + " rules in one place, and remove replicas where series are brought together"
                + " (docs/multi-cluster.md)");
      }
      coverage.put(cluster, share);
    }
    return coverage;
  }

  /** Rounded down, as coverage is. */
  private static SortedMap<NamespaceKey, BigDecimal> usageMeasured(Hours hours) {
    Map<NamespaceKey, BigDecimal> counts = hours.counts(USAGE, NamespaceKey::of);
    SortedMap<NamespaceKey, BigDecimal> means = new TreeMap<>();
    hours
        .sums(USAGE, NamespaceKey::of)
        .forEach(
            (namespace, sum) ->
                means.put(
                    namespace,
                    sum.divide(
                            counts.getOrDefault(namespace, BigDecimal.ONE), 9, RoundingMode.HALF_UP)
                        .setScale(4, RoundingMode.FLOOR)));
    return means;
  }

  /** What is booked must be what was paid for. */
  private static void requireSums(Map<String, BigDecimal> wholes, List<Charge> charges) {
    Map<String, BigDecimal> borne = new TreeMap<>();
    charges.forEach(charge -> borne.merge(charge.key().cluster(), charge.cost(), BigDecimal::add));
    wholes.forEach(
        (cluster, whole) -> {
          BigDecimal lines = borne.getOrDefault(cluster, BigDecimal.ZERO);
          if (lines
                  .subtract(whole)
                  .abs()
                  .compareTo(whole.abs().add(BigDecimal.ONE).multiply(TOLERANCE))
              > 0) {
            throw new CannotStateException(
                "%s has %s for cluster \"%s\", but its lines in %s add up to %s; the rules changed"
                        .formatted(
                            WHOLE,
                            whole.setScale(6, RoundingMode.HALF_UP),
                            cluster,
                            LedgerEntry.SERIES,
                            lines.setScale(6, RoundingMode.HALF_UP))
                    + " in that time, or samples were deleted: state the days before and after"
                    + " apart (--day)");
          }
        });
  }

  private static String currency(Hours hours) {
    SortedSet<String> currencies = hours.values(CURRENCY, "currency");
    if (currencies.size() == 1) {
      return currencies.first();
    }
    throw new CannotStateException(
        currencies.isEmpty()
            ? "the amounts have no currency: %s has no sample in the period; keep it as long as the"
                    .formatted(CURRENCY)
                + " recorded hours"
            : "amounts in several currencies cannot be added: %s has %s; state each cluster"
                    .formatted(CURRENCY, String.join(", ", currencies))
                + " (--cluster), or the days before and after the change (--day), apart");
  }

  /** The rules' own version, else that of the exporter that they came with. */
  private static String rules(Hours hours) {
    SortedSet<String> versions = hours.values("namespend:rules:info", "version");
    if (versions.isEmpty()) {
      versions = hours.values("namespend_build_info", "version");
    }
    return versions.isEmpty() ? "unknown" : String.join("+", versions);
  }

  private static BigDecimal sum(List<BigDecimal> values) {
    return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}

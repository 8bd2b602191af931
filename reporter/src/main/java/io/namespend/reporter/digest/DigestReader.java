package io.namespend.reporter.digest;

import static java.util.Objects.requireNonNull;

import io.namespend.reporter.prometheus.PrometheusClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a digest from recorded series: it adds up, and calculates no price of its own. */
public final class DigestReader {
  private static final String CLUSTER_COST = "cluster:cost:sum1h";
  private static final String NAMESPACE_COST = "namespace:cost:sum1h";
  private static final String IDLE_COST = "pool:cost:sum1h{pool=\"idle\"}";
  private static final String COVERAGE = "cluster:coverage:ratio1h";
  private static final String CURRENCY = "namespend_currency_info";

  private final PrometheusClient prometheus;
  private final double comparable;

  public DigestReader(PrometheusClient prometheus) {
    this(prometheus, DigestSettings.DEFAULT.comparable());
  }

  /**
   * @param comparable share of its minutes for which a week must have figures to be compared
   */
  public DigestReader(PrometheusClient prometheus, double comparable) {
    this.prometheus = requireNonNull(prometheus, "prometheus");
    this.comparable = comparable;
  }

  /**
   * @throws CannotDigestException if the week has no data, or none that adds up, or has it twice
   */
  public WeeklyDigest read(Week week) {
    Map<String, Double> clusterCosts = sumByCluster(CLUSTER_COST, week);
    if (clusterCosts.isEmpty()) {
      throw noData(week);
    }
    Map<String, Double> coverage = sumByCluster(COVERAGE, week);
    requireOnce(week, coverage);
    Map<NamespaceKey, Double> namespaceCosts = sumByNamespace(week);
    ClusterSums idle = new ClusterSums(sumByCluster(IDLE_COST, week));
    ClusterSums monthToDate = monthToDate(week);
    List<String> missing = new ArrayList<>();
    addIf(coverage.isEmpty(), COVERAGE, missing);
    addIf(namespaceCosts.isEmpty(), NAMESPACE_COST, missing);
    addIf(!idle.isRecorded(), IDLE_COST, missing);
    List<ClusterCost> clusters = clusters(week, clusterCosts, coverage);
    return new WeeklyDigest(
        week,
        currencies(week),
        clusters,
        namespaces(namespaceCosts, sumByNamespace(week.previous()), clusters),
        idle,
        monthToDate,
        month(week),
        missing);
  }

  private List<ClusterCost> clusters(
      Week week, Map<String, Double> costs, Map<String, Double> coverage) {
    Map<String, Double> costsBefore = sumByCluster(CLUSTER_COST, week.previous());
    Map<String, Double> coverageBefore = sumByCluster(COVERAGE, week.previous());
    boolean isCoverageKnown = !coverage.isEmpty() || !coverageBefore.isEmpty();
    double hours = week.length().toHours();
    double hoursBefore = week.previous().length().toHours();
    return union(costs.keySet(), costsBefore.keySet()).stream()
        .map(
            cluster -> {
              Coverage share =
                  new Coverage(
                      at(cluster, coverage) / hours, at(cluster, coverageBefore) / hoursBefore);
              return new ClusterCost(
                  cluster,
                  new WeekOnWeek(
                      at(cluster, costs),
                      at(cluster, costsBefore),
                      !isCoverageKnown || share.isComparable(comparable)),
                  share);
            })
        .toList();
  }

  private static List<NamespaceCost> namespaces(
      Map<NamespaceKey, Double> costs,
      Map<NamespaceKey, Double> costsBefore,
      List<ClusterCost> clusters) {
    Set<String> incomparable =
        clusters.stream()
            .filter(row -> !row.cost().isComparable())
            .map(ClusterCost::cluster)
            .collect(Collectors.toSet());
    return union(costs.keySet(), costsBefore.keySet()).stream()
        .map(
            key ->
                new NamespaceCost(
                    key.cluster(),
                    key.namespace(),
                    new WeekOnWeek(
                        at(key, costs),
                        at(key, costsBefore),
                        !incomparable.contains(key.cluster()))))
        .toList();
  }

  private ClusterSums monthToDate(Week week) {
    return new ClusterSums(
        Sums.read(
            prometheus,
            "sum by (cluster) (%s)".formatted(week.monthToDate(CLUSTER_COST)),
            week.written(),
            sample -> sample.label("cluster")));
  }

  private Month month(Week week) {
    double hours = week.monthLength().toHours();
    Map<String, Double> coverage = new HashMap<>();
    Sums.read(
            prometheus,
            "sum by (cluster) (%s)".formatted(week.monthToDate(COVERAGE)),
            week.written(),
            sample -> sample.label("cluster"))
        .forEach((cluster, measured) -> coverage.put(cluster, measured / hours));
    return new Month(
        coverage,
        new ClusterSums(
            Sums.read(
                prometheus,
                Recorded.estimate("cluster", "cluster"),
                week.end().minusMillis(1),
                sample -> sample.label("cluster"))));
  }

  /** Twice the hours is twice the money. */
  private static void requireOnce(Week week, Map<String, Double> coverage) {
    coverage.forEach(
        (cluster, hours) -> {
          double share = hours / week.length().toHours();
          if (share > Coverage.FULL_UNTIL) {
            throw new CannotDigestException(
                "%s adds up to %s of the week for cluster \"%s\", more than all of it: hours were"
                        .formatted(COVERAGE, Figures.coverage(share), cluster)
                    + " recorded twice; run the rules in one place, and remove replicas where"
                    + " series are brought together (docs/multi-cluster.md)");
          }
        });
  }

  private Currencies currencies(Week week) {
    Instant end = week.end();
    String seen = "last_over_time(%s[%s])".formatted(CURRENCY, week.range());
    Set<String> thisWeek = currencies(seen, end);
    Set<String> before = currencies(seen, week.start());
    Set<String> known = thisWeek.isEmpty() ? before : thisWeek;
    Set<String> current = known.size() > 1 ? currencies(CURRENCY, end) : known;
    if (current.size() > 1 || (current.isEmpty() && !known.isEmpty())) {
      throw new CannotDigestException(
          "amounts in several currencies cannot be added: %s has %s; give all exporters the same"
                  .formatted(CURRENCY, String.join(", ", union(known, current)))
              + " currency, or ask a Prometheus that has only one of them");
    }
    String shown = current.stream().findFirst().orElse("USD");
    Set<String> earlier = union(thisWeek, before);
    earlier.remove(shown);
    return new Currencies(shown, earlier);
  }

  private Set<String> currencies(String series, Instant at) {
    return prometheus.query("max by (currency) (%s)".formatted(series), at).stream()
        .map(sample -> sample.label("currency"))
        .filter(currency -> !currency.isBlank())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Map<String, Double> sumByCluster(String series, Week week) {
    return Sums.read(
        prometheus,
        "sum by (cluster) (sum_over_time(%s[%s]))".formatted(series, week.range()),
        week.written(),
        sample -> sample.label("cluster"));
  }

  private Map<NamespaceKey, Double> sumByNamespace(Week week) {
    return Sums.read(
        prometheus,
        "sum by (cluster, namespace) (sum_over_time(%s[%s]))"
            .formatted(NAMESPACE_COST, week.range()),
        week.written(),
        sample -> new NamespaceKey(sample.label("cluster"), sample.label("namespace")));
  }

  private static CannotDigestException noData(Week week) {
    return new CannotDigestException(
        "no data: %s has no sample from %s to %s; are the recording rules loaded (Status, Rules),"
                .formatted(CLUSTER_COST, week.start(), week.end())
            + " is the exporter scraped (Status, Targets), and was it there already in that week?"
            + " Another one: --until now");
  }

  private static <K> double at(K key, Map<K, Double> sums) {
    return sums.getOrDefault(key, 0.0);
  }

  private static <K> Set<K> union(Set<K> left, Set<K> right) {
    return Stream.concat(left.stream(), right.stream()).collect(Collectors.toSet());
  }

  private static void addIf(boolean isMissing, String series, List<String> missing) {
    if (isMissing) {
      missing.add(series);
    }
  }

  private record NamespaceKey(String cluster, String namespace) {}
}

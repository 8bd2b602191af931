package io.namespend.reporter.explain;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toList;

import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.Sample;
import io.namespend.reporter.statement.Hours;
import io.namespend.reporter.statement.Line;
import io.namespend.reporter.statement.NamespaceKey;
import io.namespend.reporter.statement.Owner;
import io.namespend.reporter.statement.Period;
import io.namespend.reporter.statement.Statement;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a namespace owns beside compute, as the exporter publishes it: claims, load balancers,
 * traffic and external services. It is looked at every minute, as the rules do, and scaled to the
 * lines.
 */
final class Assets {
  private static final BigDecimal MINUTES_PER_HOUR = BigDecimal.valueOf(60);

  private final Period period;
  private final NamespaceKey namespace;
  private final Hours hours;
  private final SortedMap<String, List<Line>> lines;
  private final Map<Asset, BigDecimal> costs = new TreeMap<>();
  private final Map<Asset, BigDecimal> quantities = new TreeMap<>();

  /**
   * @param lines some of the namespace's
   */
  Assets(
      PrometheusClient prometheus,
      Statement statement,
      NamespaceKey namespace,
      List<Line> lines,
      Predicate<Line> isCompute) {
    this.period = statement.period();
    this.namespace = requireNonNull(namespace, "namespace");
    this.hours = new Hours(prometheus, period, new TreeSet<>());
    this.lines =
        lines.stream()
            .filter(line -> !line.key().item().isPool() && !isCompute.test(line))
            .collect(
                Collectors.groupingBy(
                    line -> line.key().item().resource(), TreeMap::new, toList()));
    this.lines.forEach(this::read);
  }

  List<AssetCost> costs() {
    List<AssetCost> all = new ArrayList<>();
    lines.forEach(
        (resource, ofResource) ->
            Scaled.to(ofResource, of(resource, costs), new Asset(resource, "", "", "Hours"))
                .forEach((asset, cost) -> all.add(cost(asset, cost))));
    return all;
  }

  /** Exact cost over recorded detail. */
  BigDecimal scale() {
    return Scaled.factor(lines.values().stream().flatMap(List::stream).toList(), costs.values());
  }

  private AssetCost cost(Asset asset, Scaled cost) {
    BigDecimal recorded = costs.getOrDefault(asset, BigDecimal.ZERO);
    BigDecimal quantity = quantities.getOrDefault(asset, BigDecimal.ZERO);
    BigDecimal price =
        quantity.signum() == 0
            ? BigDecimal.ZERO
            : recorded.divide(quantity, 9, RoundingMode.HALF_UP);
    return new AssetCost(
        asset.resource(),
        asset.name(),
        asset.detail(),
        price.signum() == 0 ? BigDecimal.ZERO : cost.exact().divide(price, 9, RoundingMode.HALF_UP),
        asset.unit(),
        price,
        cost.amount());
  }

  private void read(String resource, List<Line> ofResource) {
    switch (resource) {
      case "storage" -> readStorage();
      case "load_balancer" ->
          readHours(
              resource,
              "service_name",
              "ingress_ip",
              "max by (service_name, ingress_ip) (%s)"
                  .formatted(Hours.select("kubecost_load_balancer_cost", namespace)));
      case "network" ->
          read(
              resource,
              "kind",
              "",
              "GiB",
              by("kind", Hours.select("namespace_kind:network_cost_hourly:sum", namespace)),
              by("kind", Hours.select("namespace_kind:network_egress_bytes:rate5m", namespace))
                  + " * 3600 / 2^30");
      case "external" ->
          readHours(
              resource,
              "service",
              "category",
              by(
                  "service, category",
                  "max by (service, category, team, cost_center) (%s)"
                      .formatted(external(ofResource.get(0).key().owner()))));
      default -> {
        // What a newer rule brings stays a line.
      }
    }
  }

  /** GiB-hours, but hours where the price of a GiB is not known. */
  private void readStorage() {
    String claim = "persistentvolumeclaim";
    String storageClass = "storage_class";
    String both = claim + ", " + storageClass;
    String claims =
        "max by (%s, persistentvolume) (%s)"
            .formatted(both, Hours.select("namespend_claim_hourly_cost", namespace));
    String rates =
        " (max by (persistentvolume) (%s) > 0)"
            .formatted(Hours.selectCluster("pv_hourly_cost", namespace.cluster()));
    String ofVolume = " on (persistentvolume)";
    read(
        "storage",
        claim,
        storageClass,
        "GiB-Hours",
        by(both, claims + " and" + ofVolume + rates),
        by(both, claims + " /" + ofVolume + " group_left ()" + rates));
    readHours("storage", claim, storageClass, by(both, claims + " unless" + ofVolume + rates));
  }

  private static String by(String labels, String promql) {
    return "sum by (%s) (%s)".formatted(labels, promql);
  }

  private void readHours(String resource, String name, String detail, String cost) {
    read(resource, name, detail, "Hours", cost, "(" + cost + ") ^ 0");
  }

  /**
   * @param name the label that has the asset's name
   * @param cost PromQL of the cost per hour
   * @param quantity PromQL of the quantity per hour
   */
  private void read(
      String resource, String name, String detail, String unit, String cost, String quantity) {
    Function<Sample, Asset> asset =
        sample -> new Asset(resource, sample.label(name), sample.label(detail), unit);
    costs.putAll(minutes(cost, asset));
    quantities.putAll(minutes(quantity, asset));
  }

  /** Services of the namespace; without one, those of the line's owner. */
  private String external(Owner owner) {
    String series = "external_service_hourly_cost";
    return namespace.namespace().isEmpty()
        ? Hours.selectOwner(series, namespace.cluster(), owner)
        : Hours.select(series, namespace);
  }

  /** An integral over the period, per hour; a second short so that both ends are not counted. */
  private Map<Asset, BigDecimal> minutes(String perHour, Function<Sample, Asset> asset) {
    Map<Asset, BigDecimal> sums =
        hours.exactly(
            "sum_over_time((%s)[%ds:1m] offset 5m)".formatted(perHour, period.hours() * 3600 - 1),
            asset);
    sums.replaceAll((key, sum) -> sum.divide(MINUTES_PER_HOUR, MathContext.DECIMAL128));
    sums.values().removeIf(sum -> sum.signum() == 0);
    return sums;
  }

  private static Map<Asset, BigDecimal> of(String resource, Map<Asset, BigDecimal> all) {
    Map<Asset, BigDecimal> some = new TreeMap<>(all);
    some.keySet().removeIf(asset -> !asset.resource().equals(resource));
    return some;
  }

  private record Asset(String resource, String name, String detail, String unit)
      implements Comparable<Asset> {
    @Override
    public int compareTo(Asset other) {
      return comparing(Asset::resource)
          .thenComparing(Asset::name)
          .thenComparing(Asset::detail)
          .thenComparing(Asset::unit)
          .compare(this, other);
    }
  }
}

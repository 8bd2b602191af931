package io.namespend.reporter.explain;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.namespend.reporter.explain.GroupNodes.GroupOfPool;
import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.Sample;
import io.namespend.reporter.statement.Hours;
import io.namespend.reporter.statement.Line;
import io.namespend.reporter.statement.NamespaceKey;
import io.namespend.reporter.statement.PoolKey;
import io.namespend.reporter.statement.Statement;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * In which node groups a namespace's shares of idle and reserved capacity are. The rules record
 * that every two minutes; it is scaled to the lines, and to what the pools cost.
 */
final class Groups {
  private final NamespaceKey namespace;
  private final Hours hours;
  private final boolean readsNodes;

  /**
   * @param readsNodes whether to read which nodes that is, from the series of every node
   */
  Groups(
      PrometheusClient prometheus,
      Statement statement,
      NamespaceKey namespace,
      boolean readsNodes) {
    this.readsNodes = readsNodes;
    this.namespace = requireNonNull(namespace, "namespace");
    this.hours = new Hours(prometheus, statement.period(), new TreeSet<>());
  }

  /**
   * @param lines of the namespace, all of pools
   */
  List<GroupShare> shares(List<Line> lines) {
    if (lines.isEmpty()) {
      return List.of();
    }
    Map<GroupOfPool, BigDecimal> recorded = new TreeMap<>();
    Map<GroupOfPool, Map<String, BigDecimal>> byResource = new TreeMap<>();
    for (Sample sample :
        hours.query(
            "sum by (pool, node_group, resource) (sum_over_time(%s%s))"
                .formatted(
                    Hours.selectCluster("pool_group:cost:sum1h", namespace.cluster()),
                    hours.period().range()))) {
      GroupOfPool group = GroupOfPool.of(sample);
      BigDecimal cost = BigDecimal.valueOf(sample.value());
      recorded.merge(group, cost, BigDecimal::add);
      byResource
          .computeIfAbsent(group, key -> new TreeMap<>())
          .merge(sample.label("resource"), cost, BigDecimal::add);
    }
    if (recorded.isEmpty()) {
      return List.of();
    }
    Map<PoolKey, BigDecimal> poolCosts = hours.sums("pool:cost:sum1h", PoolKey::of);
    Map<GroupOfPool, Map<String, BigDecimal>> borne =
        byPlace(
            "sum by (pool, node_group, place) (sum_over_time(%s%s offset 5m))",
            Hours.select("pool_place_tenant:cost_hourly:shared", namespace));
    Map<GroupOfPool, Map<String, BigDecimal>> fallbacks =
        byPlace(
            "sum by (pool, node_group, place) (sum_over_time(%s%s offset 5m)) / 30",
            Hours.selectCluster("pool_place:fallback_cost_hourly:sum", namespace.cluster()));
    GroupNodes nodes = readsNodes ? GroupNodes.read(hours, namespace.cluster()) : GroupNodes.none();
    List<GroupShare> shares = new ArrayList<>();
    lines.stream()
        .collect(groupingBy(line -> line.key().item().pool(), TreeMap::new, toList()))
        .forEach(
            (pool, ofPool) -> {
              Map<GroupOfPool, BigDecimal> groups = ofPool(recorded, pool);
              if (groups.isEmpty()) {
                return;
              }
              Map<GroupOfPool, BigDecimal> there = ofPool(sums(borne), pool);
              BigDecimal cost =
                  poolCosts.getOrDefault(new PoolKey(namespace.cluster(), pool), BigDecimal.ZERO);
              BigDecimal scale =
                  cost.divide(
                      Explanation.sum(groups.values(), each -> each), MathContext.DECIMAL64);
              Scaled.to(ofPool, there.isEmpty() ? groups : there, new GroupOfPool(pool, ""))
                  .forEach(
                      (group, part) ->
                          shares.add(
                              byResource.containsKey(group)
                                  ? share(
                                      group,
                                      part,
                                      scaled(byResource.get(group), scale),
                                      nodes,
                                      borne.getOrDefault(group, Map.of()))
                                  : fallback(group, part, ofPoolByPlace(fallbacks, pool))));
            });
    return shares;
  }

  private Map<GroupOfPool, Map<String, BigDecimal>> byPlace(String promql, String series) {
    Map<GroupOfPool, Map<String, BigDecimal>> places = new TreeMap<>();
    hours
        .exactly(promql.formatted(series, hours.period().range()), Place::of)
        .forEach(
            (place, cost) ->
                places
                    .computeIfAbsent(place.group(), group -> new TreeMap<>())
                    .put(place.name(), cost));
    return places;
  }

  private static GroupShare share(
      GroupOfPool group,
      Scaled part,
      Map<String, BigDecimal> resources,
      GroupNodes nodes,
      Map<String, BigDecimal> places) {
    BigDecimal cost = Explanation.sum(resources.values(), each -> each);
    return new GroupShare(
        group.pool(),
        group.nodeGroup(),
        cost,
        resources,
        ratio(part, cost),
        part.amount(),
        nodes.of(group, cost, part.amount(), places));
  }

  /** Of groups that have no tenants, or of nodes. */
  private static GroupShare fallback(
      GroupOfPool group, Scaled part, Map<GroupOfPool, Map<String, BigDecimal>> places) {
    BigDecimal cost =
        Explanation.sum(sums(places).values(), each -> each).setScale(9, RoundingMode.HALF_UP);
    return new GroupShare(
        group.pool(),
        group.nodeGroup(),
        cost,
        Map.of(),
        ratio(part, cost),
        part.amount(),
        cost.signum() == 0 ? List.of() : GroupNodes.withoutTenants(cost, part.amount(), places));
  }

  private static BigDecimal ratio(Scaled part, BigDecimal cost) {
    return cost.signum() == 0
        ? BigDecimal.ZERO
        : part.exact().divide(cost, 9, RoundingMode.HALF_UP);
  }

  private static Map<String, BigDecimal> scaled(
      Map<String, BigDecimal> resources, BigDecimal scale) {
    Map<String, BigDecimal> scaled = new TreeMap<>(resources);
    scaled.replaceAll((resource, cost) -> scaled(cost, scale));
    return scaled;
  }

  private static Map<GroupOfPool, BigDecimal> sums(
      Map<GroupOfPool, Map<String, BigDecimal>> places) {
    Map<GroupOfPool, BigDecimal> sums = new TreeMap<>();
    places.forEach(
        (group, ofGroup) -> sums.put(group, Explanation.sum(ofGroup.values(), each -> each)));
    return sums;
  }

  private static Map<GroupOfPool, Map<String, BigDecimal>> ofPoolByPlace(
      Map<GroupOfPool, Map<String, BigDecimal>> all, String pool) {
    Map<GroupOfPool, Map<String, BigDecimal>> some = new TreeMap<>(all);
    some.keySet().removeIf(group -> !group.pool().equals(pool));
    return some;
  }

  private static BigDecimal scaled(BigDecimal cost, BigDecimal scale) {
    return cost.multiply(scale).setScale(9, RoundingMode.HALF_UP);
  }

  private static Map<GroupOfPool, BigDecimal> ofPool(
      Map<GroupOfPool, BigDecimal> all, String pool) {
    Map<GroupOfPool, BigDecimal> some = new TreeMap<>(all);
    some.entrySet()
        .removeIf(each -> !each.getKey().pool().equals(pool) || each.getValue().signum() <= 0);
    return some;
  }

  /**
   * What a pool is split over.
   *
   * @param name the node's, or the group's where the place is the whole group
   */
  private record Place(GroupOfPool group, String name) implements Comparable<Place> {
    static Place of(Sample sample) {
      GroupOfPool group = GroupOfPool.of(sample);
      String name = sample.label("place");
      return new Place(group, name.isEmpty() ? group.nodeGroup() : name);
    }

    @Override
    public int compareTo(Place other) {
      return comparing(Place::group).thenComparing(Place::name).compare(this, other);
    }
  }
}

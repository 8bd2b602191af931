package io.namespend.reporter.explain;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

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

  Groups(PrometheusClient prometheus, Statement statement, NamespaceKey namespace) {
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
    Map<Group, BigDecimal> recorded = new TreeMap<>();
    Map<Group, Map<String, BigDecimal>> byResource = new TreeMap<>();
    for (Sample sample :
        hours.query(
            "sum by (pool, node_group, resource) (sum_over_time(%s%s))"
                .formatted(
                    Hours.selectCluster("pool_group:cost:sum1h", namespace.cluster()),
                    hours.period().range()))) {
      Group group = Group.of(sample);
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
    Map<Group, BigDecimal> borne =
        hours.exactly(
            "sum by (pool, node_group) (sum_over_time(%s%s offset 5m))"
                .formatted(
                    Hours.select("pool_place_tenant:cost_hourly:shared", namespace),
                    hours.period().range()),
            Group::of);
    Map<String, BigDecimal> fallbacks =
        hours.exactly(
            "sum by (pool) (sum_over_time(%s%s offset 5m)) / 30"
                .formatted(
                    Hours.selectCluster("pool_place:fallback_cost_hourly:sum", namespace.cluster()),
                    hours.period().range()),
            sample -> sample.label("pool"));
    List<GroupShare> shares = new ArrayList<>();
    lines.stream()
        .collect(groupingBy(line -> line.key().item().pool(), TreeMap::new, toList()))
        .forEach(
            (pool, ofPool) -> {
              Map<Group, BigDecimal> groups = ofPool(recorded, pool);
              if (groups.isEmpty()) {
                return;
              }
              Map<Group, BigDecimal> there = ofPool(borne, pool);
              BigDecimal cost =
                  poolCosts.getOrDefault(new PoolKey(namespace.cluster(), pool), BigDecimal.ZERO);
              BigDecimal scale =
                  cost.divide(
                      Explanation.sum(groups.values(), each -> each), MathContext.DECIMAL64);
              Scaled.to(ofPool, there.isEmpty() ? groups : there, new Group(pool, ""))
                  .forEach(
                      (group, part) ->
                          shares.add(
                              share(
                                  group,
                                  part,
                                  scale,
                                  byResource.getOrDefault(group, Map.of()),
                                  fallbacks.getOrDefault(pool, BigDecimal.ZERO))));
            });
    return shares;
  }

  private static GroupShare share(
      Group group,
      Scaled part,
      BigDecimal scale,
      Map<String, BigDecimal> resources,
      BigDecimal fallback) {
    Map<String, BigDecimal> scaled = new TreeMap<>(resources);
    scaled.replaceAll((resource, cost) -> scaled(cost, scale));
    BigDecimal cost =
        resources.isEmpty()
            ? fallback.setScale(9, RoundingMode.HALF_UP)
            : scaled(Explanation.sum(resources.values(), each -> each), scale);
    return new GroupShare(
        group.pool(),
        group.nodeGroup(),
        cost,
        scaled,
        cost.signum() == 0 ? BigDecimal.ZERO : part.exact().divide(cost, 9, RoundingMode.HALF_UP),
        part.amount());
  }

  private static BigDecimal scaled(BigDecimal cost, BigDecimal scale) {
    return cost.multiply(scale).setScale(9, RoundingMode.HALF_UP);
  }

  private static Map<Group, BigDecimal> ofPool(Map<Group, BigDecimal> all, String pool) {
    Map<Group, BigDecimal> some = new TreeMap<>(all);
    some.entrySet()
        .removeIf(each -> !each.getKey().pool().equals(pool) || each.getValue().signum() <= 0);
    return some;
  }

  private record Group(String pool, String nodeGroup) implements Comparable<Group> {
    static Group of(Sample sample) {
      return new Group(sample.label("pool"), sample.label("node_group"));
    }

    @Override
    public int compareTo(Group other) {
      return comparing(Group::pool).thenComparing(Group::nodeGroup).compare(this, other);
    }
  }
}

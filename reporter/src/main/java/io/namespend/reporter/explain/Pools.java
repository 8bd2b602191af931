package io.namespend.reporter.explain;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.namespend.reporter.prometheus.PrometheusClient;
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

/** Which share of each pool a namespace bears, and by which key. */
final class Pools {
  private static final BigDecimal MINUTES_PER_HOUR = BigDecimal.valueOf(60);
  private static final String KEY = "pool_namespace:split_key:sum";
  private static final String FLOOR = "pool_namespace:floor_cost_hourly:max";

  private final Statement statement;
  private final NamespaceKey namespace;
  private final Hours hours;

  Pools(PrometheusClient prometheus, Statement statement, NamespaceKey namespace) {
    this.statement = requireNonNull(statement, "statement");
    this.namespace = requireNonNull(namespace, "namespace");
    this.hours = new Hours(prometheus, statement.period(), new TreeSet<>());
  }

  /**
   * @param lines of the namespace, all of pools
   */
  List<PoolShare> shares(List<Line> lines) {
    if (lines.isEmpty()) {
      return List.of();
    }
    Map<PoolKey, BigDecimal> costs = hours.sums("pool:cost:sum1h", PoolKey::of);
    Map<PoolKey, BigDecimal> keys = minutes(Hours.select(KEY, namespace));
    Map<PoolKey, BigDecimal> allKeys = minutes(Hours.selectCluster(KEY, namespace.cluster()));
    Map<PoolKey, BigDecimal> floors = minutes(Hours.select(FLOOR, namespace));
    Map<PoolKey, BigDecimal> allFloors = minutes(Hours.selectCluster(FLOOR, namespace.cluster()));
    BigDecimal length = BigDecimal.valueOf(statement.period().hours());
    List<PoolShare> shares = new ArrayList<>();
    lines.stream()
        .collect(groupingBy(line -> line.key().item().pool(), TreeMap::new, toList()))
        .forEach(
            (pool, ofPool) -> {
              PoolKey key = new PoolKey(namespace.cluster(), pool);
              BigDecimal cost = costs.getOrDefault(key, BigDecimal.ZERO);
              BigDecimal borne = Explanation.sum(ofPool, Line::cost);
              BigDecimal part = part(borne, pool);
              BigDecimal ownKey =
                  average(keys, key, length).multiply(part).setScale(9, RoundingMode.HALF_UP);
              BigDecimal floor = hourly(floors, key).multiply(part);
              BigDecimal byKey = borne.subtract(floor);
              BigDecimal split = cost.subtract(hourly(allFloors, key));
              boolean follows = ownKey.signum() > 0 && byKey.signum() > 0 && split.signum() > 0;
              shares.add(
                  new PoolShare(
                      pool,
                      ofPool.get(0).method(),
                      cost.setScale(9, RoundingMode.HALF_UP),
                      cost.signum() == 0
                          ? BigDecimal.ONE
                          : borne.divide(cost, 9, RoundingMode.HALF_UP),
                      ownKey,
                      follows
                          ? ownKey
                              .multiply(split)
                              .divide(byKey, MathContext.DECIMAL64)
                              .setScale(9, RoundingMode.HALF_UP)
                          : average(allKeys, key, length),
                      floor.setScale(9, RoundingMode.HALF_UP),
                      hourly(allFloors, key).setScale(9, RoundingMode.HALF_UP),
                      Explanation.sum(ofPool, Line::amount)));
            });
    return shares;
  }

  /** Which part of what the namespace bears of the pool some of its lines are. */
  private BigDecimal part(BigDecimal borne, String pool) {
    BigDecimal all =
        Explanation.sum(
            statement.lines().stream()
                .filter(
                    line ->
                        line.key().cluster().equals(namespace.cluster())
                            && line.key().namespace().equals(namespace.namespace())
                            && line.key().item().pool().equals(pool))
                .toList(),
            Line::cost);
    return all.signum() == 0 ? BigDecimal.ONE : borne.divide(all, MathContext.DECIMAL64);
  }

  private static BigDecimal hourly(Map<PoolKey, BigDecimal> minutes, PoolKey key) {
    return minutes
        .getOrDefault(key, BigDecimal.ZERO)
        .divide(MINUTES_PER_HOUR, MathContext.DECIMAL64);
  }

  private Map<PoolKey, BigDecimal> minutes(String selector) {
    return hours.exactly(
        "sum by (cluster, pool) (sum_over_time(%s%s offset 5m))"
            .formatted(selector, hours.period().range()),
        PoolKey::of);
  }

  private static BigDecimal average(Map<PoolKey, BigDecimal> sums, PoolKey key, BigDecimal hours) {
    return sums.getOrDefault(key, BigDecimal.ZERO)
        .divide(hours.multiply(MINUTES_PER_HOUR), MathContext.DECIMAL64)
        .setScale(9, RoundingMode.HALF_UP);
  }
}

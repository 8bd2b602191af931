package io.namespend.reporter.statement;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where pools are: what each node group has of them, which adds up to what they cost. */
final class NodeGroups {
  private static final int DECIMALS = 9;

  private NodeGroups() {}

  /**
   * Cost by pool and node group; without pools that are on no node, or of which none is recorded.
   */
  static SortedMap<PoolKey, SortedMap<String, BigDecimal>> read(Hours hours) {
    Map<GroupKey, BigDecimal> recorded =
        hours.sums(
            "pool_group:cost:sum1h",
            sample -> new GroupKey(PoolKey.of(sample), sample.label("node_group")));
    SortedMap<PoolKey, SortedMap<String, BigDecimal>> groups = new TreeMap<>();
    if (recorded.isEmpty()) {
      return groups;
    }
    recorded.forEach(
        (key, cost) ->
            groups.computeIfAbsent(key.pool(), pool -> new TreeMap<>()).put(key.group(), cost));
    Map<PoolKey, BigDecimal> costs = hours.sums("pool:cost:sum1h", PoolKey::of);
    groups.replaceAll((pool, parts) -> scaled(parts, costs.getOrDefault(pool, BigDecimal.ZERO)));
    groups.values().removeIf(Map::isEmpty);
    return groups;
  }

  /** Recorded every two minutes, where pools are every minute. */
  private static SortedMap<String, BigDecimal> scaled(
      SortedMap<String, BigDecimal> parts, BigDecimal cost) {
    BigDecimal sum = parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    if (sum.signum() <= 0 || cost.signum() <= 0) {
      return new TreeMap<>();
    }
    List<String> names = List.copyOf(parts.keySet());
    List<BigDecimal> rounded =
        LargestRemainder.round(
            cost.setScale(DECIMALS, RoundingMode.HALF_UP),
            parts.values().stream()
                .map(part -> part.multiply(cost).divide(sum, MathContext.DECIMAL128))
                .toList(),
            DECIMALS);
    SortedMap<String, BigDecimal> scaled = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      scaled.put(names.get(i), rounded.get(i));
    }
    return scaled;
  }

  private record GroupKey(PoolKey pool, String group) implements Comparable<GroupKey> {
    @Override
    public int compareTo(GroupKey other) {
      int byPool = pool.compareTo(other.pool);
      return byPool != 0 ? byPool : group.compareTo(other.group);
    }
  }
}

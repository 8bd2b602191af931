package io.namespend.reporter.explain;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a namespace's share of a pool is: what a node group has of the pool, times the share, is
 * the amount before rounding.
 *
 * @param nodeGroup empty for groups together that have no tenants, whose cost is split over the
 *     cluster
 * @param groupCost of the group in the pool
 * @param resources the same by resource, as far as recorded
 * @param nodes the group's, which add up to its cost and to the amount; empty where they are not
 *     recorded
 */
record GroupShare(
    String pool,
    String nodeGroup,
    BigDecimal groupCost,
    Map<String, BigDecimal> resources,
    BigDecimal share,
    BigDecimal amount,
    List<GroupNode> nodes) {
  GroupShare {
    requireNonNull(pool, "pool");
    requireNonNull(nodeGroup, "nodeGroup");
    requireNonNull(groupCost, "groupCost");
    resources = new TreeMap<>(resources);
    requireNonNull(share, "share");
    requireNonNull(amount, "amount");
    nodes = List.copyOf(nodes);
  }
}

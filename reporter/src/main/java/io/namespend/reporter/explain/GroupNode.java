package io.namespend.reporter.explain;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a node has of its group's part of a pool, and what of a namespace's share that is.
 *
 * @param nodeGroup the node's own, which in a part that fell back to the cluster is not named above
 * @param node empty for all nodes of a group that has no tenants
 * @param cost of the node in the pool
 * @param resources the same by resource, as far as recorded
 */
record GroupNode(
    String nodeGroup,
    String node,
    BigDecimal cost,
    Map<String, BigDecimal> resources,
    BigDecimal amount) {
  GroupNode {
    requireNonNull(nodeGroup, "nodeGroup");
    requireNonNull(node, "node");
    requireNonNull(cost, "cost");
    resources = new TreeMap<>(resources);
    requireNonNull(amount, "amount");
  }
}

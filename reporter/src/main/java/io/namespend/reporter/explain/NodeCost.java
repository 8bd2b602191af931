package io.namespend.reporter.explain;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * What a workload has of a node, CPU, memory and GPUs together: node-hours times the node's price
 * is the amount before rounding.
 *
 * @param nodeHours for how many hours it would have had the whole node
 * @param hourlyPrice of the node, averaged over the period; 0 if unknown
 * @param priceSource where that comes from; several where it changed
 */
record NodeCost(
    String node,
    String instanceType,
    String priceSource,
    String workload,
    BigDecimal nodeHours,
    BigDecimal hourlyPrice,
    BigDecimal amount) {
  NodeCost {
    requireNonNull(node, "node");
    requireNonNull(instanceType, "instanceType");
    requireNonNull(priceSource, "priceSource");
    requireNonNull(workload, "workload");
    requireNonNull(nodeHours, "nodeHours");
    requireNonNull(hourlyPrice, "hourlyPrice");
    requireNonNull(amount, "amount");
  }
}

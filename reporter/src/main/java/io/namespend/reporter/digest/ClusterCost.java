package io.namespend.reporter.digest;

import static java.util.Objects.requireNonNull;

/**
 * What one cluster cost.
 *
 * @param cluster empty on a single cluster
 */
public record ClusterCost(String cluster, WeekOnWeek cost, Coverage coverage) {
  public ClusterCost {
    requireNonNull(cluster, "cluster");
    requireNonNull(cost, "cost");
    requireNonNull(coverage, "coverage");
  }
}

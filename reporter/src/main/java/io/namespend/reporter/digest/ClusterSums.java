package io.namespend.reporter.digest;

import java.util.Map;

/**
 * A cost of all clusters, where there may be none recorded; that is not the same as 0.
 *
 * @param byCluster without the clusters that recorded none
 */
public record ClusterSums(Map<String, Double> byCluster) {
  public ClusterSums {
    byCluster = Map.copyOf(byCluster);
    byCluster.forEach(
        (cluster, cost) -> {
          if (!Double.isFinite(cost)) {
            throw new IllegalArgumentException("no cost of \"%s\": %s".formatted(cluster, cost));
          }
        });
  }

  public boolean isRecorded() {
    return !byCluster.isEmpty();
  }

  public double cost() {
    return byCluster.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}

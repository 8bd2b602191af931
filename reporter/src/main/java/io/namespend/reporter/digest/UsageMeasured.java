package io.namespend.reporter.digest;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How much of the requested money had its usage measured: the mean of the week, 1 for all.
 *
 * @param clusters by cluster
 * @param namespaces by cluster, namespace
 */
record UsageMeasured(Map<List<String>, Double> clusters, Map<List<String>, Double> namespaces) {
  /** Weighted by cost, as far as it is recorded. */
  OptionalDouble ofClusters(List<ClusterCost> rows) {
    Weighted mean = new Weighted();
    rows.forEach(row -> mean.add(clusters.get(List.of(row.cluster())), row.cost().cost()));
    return mean.value();
  }

  /** Weighted by cost, as far as it is recorded. */
  OptionalDouble ofNamespaces(List<NamespaceCost> rows) {
    Weighted mean = new Weighted();
    rows.forEach(
        row ->
            mean.add(namespaces.get(List.of(row.cluster(), row.namespace())), row.cost().cost()));
    return mean.value();
  }

  private static final class Weighted {
    private double sum;
    private double weights;

    void add(@Nullable Double ratio, double weight) {
      if (ratio != null && weight > 0) {
        sum += ratio * weight;
        weights += weight;
      }
    }

    OptionalDouble value() {
      return weights > 0 ? OptionalDouble.of(sum / weights) : OptionalDouble.empty();
    }
  }
}

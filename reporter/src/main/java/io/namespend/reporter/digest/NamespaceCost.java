package io.namespend.reporter.digest;

import static java.util.Objects.requireNonNull;

import java.util.Collection;

/**
 * What one namespace cost, fully loaded.
 *
 * @param cluster empty on a single cluster
 */
public record NamespaceCost(String cluster, String namespace, WeekOnWeek cost) {
  public NamespaceCost {
    requireNonNull(cluster, "cluster");
    requireNonNull(namespace, "namespace");
    requireNonNull(cost, "cost");
  }

  public static WeekOnWeek sum(Collection<NamespaceCost> namespaces) {
    return namespaces.stream()
        .map(NamespaceCost::cost)
        .reduce(WeekOnWeek.NOTHING, WeekOnWeek::plus);
  }
}

package io.namespend.reporter.digest;

import static java.util.Comparator.comparingDouble;
import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a week cost, and how that compares with the week before. Says nothing about how it looks.
 *
 * @param clusters at least one; sorted here by cost
 * @param namespaces of this week and of the week before; sorted here by cost
 * @param idle what nobody asked for or used; the namespaces' costs contain it already
 * @param monthToDate of the month that the week ends in, up to that end
 * @param month how much of that time was measured, and what it may have cost
 * @param missing recorded series that have no data in the week, though clusters have cost
 */
public record WeeklyDigest(
    Week week,
    Currencies currencies,
    List<ClusterCost> clusters,
    List<NamespaceCost> namespaces,
    ClusterSums idle,
    ClusterSums monthToDate,
    Month month,
    List<String> missing) {
  private static final Comparator<NamespaceCost> DEAREST_FIRST =
      comparingDouble((NamespaceCost row) -> row.cost().cost())
          .thenComparingDouble(row -> row.cost().before())
          .reversed()
          .thenComparing(NamespaceCost::namespace)
          .thenComparing(NamespaceCost::cluster);

  public WeeklyDigest {
    requireNonNull(week, "week");
    requireNonNull(currencies, "currencies");
    clusters =
        clusters.stream()
            .sorted(
                comparingDouble((ClusterCost row) -> row.cost().cost())
                    .reversed()
                    .thenComparing(ClusterCost::cluster))
            .toList();
    namespaces = namespaces.stream().sorted(DEAREST_FIRST).toList();
    requireNonNull(idle, "idle");
    requireNonNull(monthToDate, "monthToDate");
    requireNonNull(month, "month");
    missing = List.copyOf(missing);
    if (clusters.isEmpty()) {
      throw new IllegalArgumentException("a digest needs a cluster");
    }
    requireOnce(clusters.stream().map(ClusterCost::cluster).toList());
    requireOnce(namespaces.stream().map(row -> List.of(row.cluster(), row.namespace())).toList());
  }

  public WeekOnWeek total() {
    return clusters.stream().map(ClusterCost::cost).reduce(WeekOnWeek.NOTHING, WeekOnWeek::plus);
  }

  /** What no namespace pays; less than nothing if they pay more than the clusters cost. */
  public WeekOnWeek unallocated() {
    return total().minus(NamespaceCost.sum(namespaces));
  }

  public boolean hasUnallocated() {
    return WeekOnWeek.isVisible(unallocated().cost());
  }

  public boolean hasSeveralClusters() {
    return Stream.concat(
                clusters.stream().map(ClusterCost::cluster),
                namespaces.stream().map(NamespaceCost::cluster))
            .distinct()
            .count()
        > 1;
  }

  /** The mean of the clusters. */
  public Coverage coverage() {
    return new Coverage(
        clusters.stream().mapToDouble(row -> row.coverage().week()).average().orElse(0),
        clusters.stream().mapToDouble(row -> row.coverage().before()).average().orElse(0));
  }

  private static void requireOnce(List<?> keys) {
    Set<Object> seen = new HashSet<>();
    keys.forEach(
        key -> {
          if (!seen.add(key)) {
            throw new IllegalArgumentException("twice in one digest: " + key);
          }
        });
  }
}

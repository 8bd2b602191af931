package io.namespend.reporter.digest;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Namespaces by cost, dearest first.
 *
 * @param top those to name
 * @param rest those to sum up: beyond the limit, or without cost
 */
public record Ranking(List<NamespaceCost> top, List<NamespaceCost> rest) {
  public Ranking {
    top = List.copyOf(top);
    rest = List.copyOf(rest);
  }

  /**
   * @param limit at least 1
   * @param namespaces in order
   */
  static Ranking of(List<NamespaceCost> namespaces, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a ranking names at least one, not " + limit);
    }
    List<NamespaceCost> top =
        namespaces.stream()
            .filter(row -> WeekOnWeek.isVisible(row.cost().cost()))
            .limit(limit)
            .toList();
    Set<NamespaceCost> named = new HashSet<>(top);
    return new Ranking(top, namespaces.stream().filter(row -> !named.contains(row)).toList());
  }

  public WeekOnWeek restCost() {
    return NamespaceCost.sum(rest);
  }
}

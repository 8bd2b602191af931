package io.namespend.reporter.digest;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which part of each namespace's cost is which team's. */
final class Owners {
  static final String NOBODY = "unattributed";

  private final Map<Place, Map<String, WeekOnWeek>> shares = new HashMap<>();
  private final Map<Place, String> labels = new HashMap<>();

  /** A namespace of a cluster. */
  record Place(String cluster, String namespace) {
    static Place of(List<String> key) {
      return new Place(key.get(0), key.get(1));
    }
  }

  /**
   * @param workloads direct cost by cluster, namespace and team of the workload
   * @param labelled cluster, namespace and team of the namespace, for those without workloads
   */
  Owners(Map<List<String>, WeekOnWeek> workloads, Set<List<String>> labelled) {
    Map<Place, WeekOnWeek> sums = new HashMap<>();
    workloads.forEach((key, cost) -> sums.merge(Place.of(key), cost, WeekOnWeek::plus));
    workloads.forEach(
        (key, cost) -> {
          WeekOnWeek sum = sums.getOrDefault(Place.of(key), WeekOnWeek.NOTHING);
          shares
              .computeIfAbsent(Place.of(key), place -> new HashMap<>())
              .merge(
                  team(key.get(2)),
                  new WeekOnWeek(
                      ratio(cost.cost(), sum.cost()), ratio(cost.before(), sum.before())),
                  WeekOnWeek::plus);
        });
    labelled.stream()
        .sorted((left, right) -> left.toString().compareTo(right.toString()))
        .forEach(key -> labels.putIfAbsent(Place.of(key), team(key.get(2))));
  }

  /** Of 1 in all for each week; the namespace's own owner has what no workload says. */
  Map<String, WeekOnWeek> of(Place place) {
    Map<String, WeekOnWeek> found = new HashMap<>(shares.getOrDefault(place, Map.of()));
    WeekOnWeek known = sum(found.values());
    WeekOnWeek rest = new WeekOnWeek(known.cost() > 0 ? 0 : 1, known.before() > 0 ? 0 : 1);
    if (rest.cost() + rest.before() > 0) {
      found.merge(labels.getOrDefault(place, NOBODY), rest, WeekOnWeek::plus);
    }
    return found;
  }

  private static WeekOnWeek sum(Collection<WeekOnWeek> costs) {
    return costs.stream().reduce(WeekOnWeek.NOTHING, WeekOnWeek::plus);
  }

  private static String team(String label) {
    return label.isEmpty() ? NOBODY : label;
  }

  private static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }
}

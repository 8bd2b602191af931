package io.namespend.reporter.digest;

import static java.util.Comparator.comparingDouble;

import io.namespend.reporter.digest.Brief.Cause;
import io.namespend.reporter.digest.Brief.Mover;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which namespaces moved most, and what in them did. */
final class Movers {
  private final Map<Owners.Place, Map<String, WeekOnWeek>> components;
  private final DigestSettings settings;

  /**
   * @param components of each namespace, by name
   */
  Movers(Map<Owners.Place, Map<String, WeekOnWeek>> components, DigestSettings settings) {
    this.components = components;
    this.settings = settings;
  }

  List<Mover> of(List<NamespaceCost> rows) {
    return rows.stream()
        .filter(row -> row.cost().isComparable())
        .filter(row -> Math.abs(difference(row.cost())) >= settings.moverFloor())
        .sorted(
            comparingDouble((NamespaceCost row) -> -Math.abs(difference(row.cost())))
                .thenComparing(NamespaceCost::namespace)
                .thenComparing(NamespaceCost::cluster))
        .limit(settings.movers())
        .map(row -> new Mover(row, cause(row)))
        .toList();
  }

  private Optional<Cause> cause(NamespaceCost row) {
    double sign = Math.signum(difference(row.cost()));
    return components
        .getOrDefault(new Owners.Place(row.cluster(), row.namespace()), Map.of())
        .entrySet()
        .stream()
        .map(part -> new Cause(part.getKey(), difference(part.getValue())))
        .filter(cause -> WeekOnWeek.isVisible(cause.difference()))
        .filter(cause -> Math.signum(cause.difference()) == sign)
        .max(
            comparingDouble((Cause cause) -> Math.abs(cause.difference()))
                .thenComparing(Cause::name));
  }

  private static double difference(WeekOnWeek cost) {
    return cost.cost() - cost.before();
  }
}

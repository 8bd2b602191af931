package io.namespend.reporter.digest;

import static java.util.Comparator.comparingDouble;

import io.namespend.reporter.digest.Brief.Cause;
import io.namespend.reporter.digest.Brief.Mover;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which namespaces moved most, and what in them did. */
final class Movers {
  /** Of a reader's total; what moved less is not worth a line. */
  private static final double WORTH_A_LINE = 0.005;

  private final BriefData data;
  private final Map<Owners.Place, Map<String, WeekOnWeek>> components;
  private final DigestSettings settings;

  Movers(BriefData data, DigestSettings settings) {
    this.data = data;
    components = data.components();
    this.settings = settings;
  }

  /**
   * The floor is of the reader's own total: a small team hears of what is little for the company.
   *
   * @param total of the reader
   */
  List<Mover> of(List<NamespaceCost> rows, WeekOnWeek total) {
    double floor =
        Math.min(settings.moverFloor(), WORTH_A_LINE * Math.max(total.cost(), total.before()));
    return rows.stream()
        .filter(row -> row.cost().isComparable())
        .filter(row -> Math.abs(difference(row.cost())) >= floor)
        .filter(row -> WeekOnWeek.isVisible(difference(row.cost())))
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
    Owners.Place place = new Owners.Place(row.cluster(), row.namespace());
    return components.getOrDefault(place, Map.of()).entrySet().stream()
        .map(
            part ->
                new Cause(
                    part.getKey(), difference(part.getValue()), data.pods(place, part.getKey())))
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

package io.namespend.reporter.digest;

import static java.util.Comparator.comparingDouble;

import io.namespend.reporter.digest.Brief.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Takes the change of a cost apart, for each team and for all, so that the parts add up to it. What
 * is charged by quantity changed because the quantity did, at the price of the week before, or
 * because the price did, at this week's quantity.
 */
final class Reasons {
  private enum Kind {
    QUANTITY("requests and usage"),
    PRICE("prices"),
    IDLE("share of idle capacity"),
    SHARED("share of common costs"),
    ARRIVED("new namespaces"),
    GONE("gone namespaces"),
    OTHER("storage, network, services and the rest");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  private static final WeekOnWeek WHOLE = new WeekOnWeek(1, 1);

  private final BriefData data;
  private final Map<Owners.Place, WeekOnWeek> namespaces;
  private final Map<Scope, Map<Kind, Double>> byScope = new HashMap<>();

  Reasons(BriefData data) {
    this.data = data;
    namespaces =
        data.digest().namespaces().stream()
            .collect(
                Collectors.toMap(
                    row -> new Owners.Place(row.cluster(), row.namespace()), NamespaceCost::cost));
    data.lines().forEach(this::split);
  }

  /** The largest first; empty where nothing is known of what a change is made of. */
  List<Reason> of(Scope scope, WeekOnWeek total) {
    if (!total.isComparable() || !WeekOnWeek.isVisible(total.before()) || data.lines().isEmpty()) {
      return List.of();
    }
    Map<Kind, Double> sums = new EnumMap<>(Kind.class);
    sums.putAll(byScope.getOrDefault(scope, Map.of()));
    double known = sums.values().stream().mapToDouble(Double::doubleValue).sum();
    // What no line explains is not left out: the parts add up.
    sums.merge(Kind.OTHER, total.cost() - total.before() - known, Double::sum);
    List<Reason> reasons = new ArrayList<>();
    sums.forEach(
        (kind, amount) -> {
          if (WeekOnWeek.isVisible(amount)) {
            reasons.add(new Reason(kind.words, amount));
          }
        });
    reasons.sort(comparingDouble(reason -> -Math.abs(reason.amount())));
    return reasons;
  }

  private void split(List<String> key, WeekOnWeek cost) {
    String resource = key.get(2);
    String pool = key.get(3);
    if (key.get(1).isEmpty()) {
      add(Scope.COMPANY, Kind.OTHER, difference(cost));
      if (pool.isEmpty()) {
        add(
            Scope.of(key.get(4).isEmpty() ? Owners.NOBODY : key.get(4)),
            Kind.OTHER,
            difference(cost));
      }
      return;
    }
    Owners.Place place = Owners.Place.of(key);
    WeekOnWeek quantity =
        data.quantities()
            .getOrDefault(List.of(key.get(0), key.get(1), resource), WeekOnWeek.NOTHING);
    add(Scope.COMPANY, place, resource, pool, cost, quantity, WHOLE);
    data.owners()
        .of(place)
        .forEach(
            (team, share) -> add(Scope.of(team), place, resource, pool, cost, quantity, share));
  }

  private void add(
      Scope scope,
      Owners.Place place,
      String resource,
      String pool,
      WeekOnWeek cost,
      WeekOnWeek quantity,
      WeekOnWeek share) {
    double now = cost.cost() * share.cost();
    double then = cost.before() * share.before();
    WeekOnWeek whole = namespaces.getOrDefault(place, WeekOnWeek.NOTHING);
    if (!WeekOnWeek.isVisible(whole.before())) {
      add(scope, Kind.ARRIVED, now - then);
    } else if (!WeekOnWeek.isVisible(whole.cost())) {
      add(scope, Kind.GONE, now - then);
    } else if (!pool.isEmpty()) {
      add(scope, pool.equals("idle") ? Kind.IDLE : Kind.SHARED, now - then);
    } else if (!resource.isEmpty() && quantity.cost() + quantity.before() > 0) {
      double many = quantity.cost() * share.cost();
      double few = quantity.before() * share.before();
      double price = many > 0 && few > 0 ? (now / many - then / few) * many : 0;
      add(scope, Kind.PRICE, price);
      add(scope, Kind.QUANTITY, now - then - price);
    } else {
      add(scope, Kind.OTHER, now - then);
    }
  }

  private void add(Scope scope, Kind kind, double amount) {
    byScope
        .computeIfAbsent(scope, any -> new EnumMap<>(Kind.class))
        .merge(kind, amount, Double::sum);
  }

  private static double difference(WeekOnWeek cost) {
    return cost.cost() - cost.before();
  }
}

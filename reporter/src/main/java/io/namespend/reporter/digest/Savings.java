package io.namespend.reporter.digest;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.reverseOrder;

import io.namespend.reporter.digest.Brief.Efficiency;
import io.namespend.reporter.digest.Brief.Saving;
import io.namespend.reporter.digest.Brief.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Requests against use, in dollars, for each team and for all. What could be saved is calculated as
 * the dashboard of savings does, so that both name the same workload: of the 20 namespaces with
 * most unused requests the 20 workloads with the largest gap between requests and usage, and of
 * these the one that requests most beyond 120% of its need. The need is the peak of memory, since
 * more of it kills a container, and the 95th percentile of CPU, since more of it only waits.
 */
final class Savings {
  private static final int CANDIDATES = 20;
  private static final double HEADROOM = 1.2;
  private static final int HOURS_OF_A_MONTH = 730;

  private final BriefData data;
  private final Map<Scope, Efficiency> byScope = new HashMap<>();
  private final Map<List<String>, Candidate> workloads = new HashMap<>();
  private final Map<Scope, List<Candidate>> candidates = new HashMap<>();

  Savings(BriefData data) {
    this.data = data;
    data.bases()
        .forEach(
            (key, cost) -> {
              boolean isRequest = key.get(5).equals("request");
              Efficiency one =
                  new Efficiency(isRequest ? cost : 0, isRequest ? 0 : cost, Optional.empty());
              scopes(key).forEach(scope -> byScope.merge(scope, one, Savings::plus));
            });
    data.basesNow()
        .forEach(
            (key, rate) ->
                workloads
                    .computeIfAbsent(key.subList(0, 4), Candidate::new)
                    .add(key.get(4), key.get(5).equals("request"), rate));
    workloads
        .values()
        .forEach(
            one ->
                scopes(one.key)
                    .forEach(
                        scope ->
                            candidates.computeIfAbsent(scope, any -> new ArrayList<>()).add(one)));
  }

  /** Empty where nothing is recorded. A namespace counts as of the team that has most of it. */
  Optional<Efficiency> of(Scope scope) {
    return Optional.ofNullable(byScope.get(scope))
        .map(
            sums ->
                new Efficiency(
                    sums.requested(),
                    sums.used(),
                    best(candidates.getOrDefault(scope, List.of()))));
  }

  private List<Scope> scopes(List<String> key) {
    List<Scope> scopes = new ArrayList<>(List.of(Scope.COMPANY));
    data.owners()
        .of(Owners.Place.of(key))
        .forEach(
            (team, share) -> {
              if (share.cost() > 0.5) {
                scopes.add(Scope.of(team));
              }
            });
    return scopes;
  }

  private Optional<Saving> best(List<Candidate> all) {
    Map<List<String>, Map<String, Double>> gaps = new HashMap<>();
    for (Candidate one : all) {
      Map<String, Double> gap = gaps.computeIfAbsent(one.key.subList(0, 2), any -> new HashMap<>());
      one.requested.forEach((resource, rate) -> gap.merge(resource, rate, Double::sum));
      one.used.forEach((resource, rate) -> gap.merge(resource, -rate, Double::sum));
    }
    Map<List<String>, Double> unused = new HashMap<>();
    gaps.forEach(
        (place, gap) ->
            unused.put(place, gap.values().stream().mapToDouble(rate -> Math.max(0, rate)).sum()));
    Set<List<String>> namespaces =
        new HashSet<>(
            unused.entrySet().stream()
                .sorted(
                    Map.Entry.<List<String>, Double>comparingByValue(reverseOrder())
                        .thenComparing(entry -> entry.getKey().toString()))
                .limit(CANDIDATES)
                .map(Map.Entry::getKey)
                .toList());
    // A tie goes by name, so that a repeated run says the same.
    Comparator<Candidate> byName = comparing(one -> one.key.toString());
    return all.stream()
        .filter(one -> namespaces.contains(one.key.subList(0, 2)) && one.gap() > 0)
        .sorted(comparingDouble((Candidate one) -> -one.gap()).thenComparing(byName))
        .limit(CANDIDATES)
        .map(one -> saving(one))
        .filter(one -> WeekOnWeek.isVisible(one.amount()))
        .max(comparingDouble(Saving::amount).thenComparing(Saving::workload, reverseOrder()));
  }

  private Saving saving(Candidate one) {
    double saved = 0;
    double requested = 0;
    List<Setting> settings = new ArrayList<>();
    double pods = data.pods().getOrDefault(one.key, WeekOnWeek.NOTHING).cost();
    for (String resource : List.of("cpu", "memory")) {
      List<String> key = new ArrayList<>(one.key);
      key.add(resource);
      double request = one.requested.getOrDefault(resource, 0.0);
      Double need = data.needs().get(key);
      requested += request;
      if (need != null && request > HEADROOM * need) {
        saved += request - HEADROOM * need;
        Double quantity = data.requested().get(key);
        settings.add(
            new Setting(
                resource,
                quantity == null || pods == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(quantity / pods),
                HEADROOM * need / request));
      }
    }
    return new Saving(
        one.key.get(0),
        one.key.get(1),
        one.key.get(2) + " " + one.key.get(3),
        requested * HOURS_OF_A_MONTH,
        saved * HOURS_OF_A_MONTH,
        pods,
        settings,
        Optional.ofNullable(data.removableNodes().get(List.of(one.key.get(0))))
            .map(fits -> fits > 0));
  }

  private static Efficiency plus(Efficiency left, Efficiency right) {
    return new Efficiency(
        left.requested() + right.requested(), left.used() + right.used(), Optional.empty());
  }

  /** A workload, in currency an hour, by resource. */
  private static final class Candidate {
    private final List<String> key;
    private final Map<String, Double> requested = new HashMap<>();
    private final Map<String, Double> used = new HashMap<>();

    Candidate(List<String> key) {
      this.key = List.copyOf(key);
    }

    void add(String resource, boolean isRequest, double rate) {
      (isRequest ? requested : used).merge(resource, rate, Double::sum);
    }

    /** Of what is requested and used; a workload without one of them is none of the dashboard's. */
    double gap() {
      return requested.isEmpty() || used.isEmpty() ? 0 : sum(requested) - sum(used);
    }

    private static double sum(Map<String, Double> rates) {
      return rates.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }
}

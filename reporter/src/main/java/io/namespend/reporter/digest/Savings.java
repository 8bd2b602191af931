package io.namespend.reporter.digest;

import io.namespend.reporter.digest.Brief.Efficiency;
import io.namespend.reporter.digest.Brief.Saving;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests against use, in dollars, for each team and for all. */
final class Savings {
  private final Map<Scope, Efficiency> byScope = new HashMap<>();

  Savings(BriefData data) {
    Map<List<String>, double[]> workloads = new HashMap<>();
    data.bases()
        .forEach(
            (key, cost) ->
                workloads
                        .computeIfAbsent(key.subList(0, 5), any -> new double[2])[
                        key.get(5).equals("request") ? 0 : 1] +=
                    cost);
    workloads.forEach(
        (key, cost) -> {
          Saving saving =
              new Saving(
                  key.get(0),
                  key.get(1),
                  key.get(2) + " " + key.get(3),
                  key.get(4),
                  cost[0],
                  cost[1]);
          add(Scope.COMPANY, saving);
          data.owners().of(Owners.Place.of(key)).entrySet().stream()
              .filter(owner -> owner.getValue().cost() > 0.5)
              .forEach(owner -> add(Scope.of(owner.getKey()), saving));
        });
  }

  /** Empty where nothing is recorded. A namespace counts as of the team that has most of it. */
  Optional<Efficiency> of(Scope scope) {
    return Optional.ofNullable(byScope.get(scope));
  }

  private void add(Scope scope, Saving saving) {
    Efficiency one =
        new Efficiency(
            saving.requested(),
            saving.used(),
            Optional.of(saving).filter(any -> WeekOnWeek.isVisible(Math.max(0, any.amount()))));
    byScope.merge(scope, one, Savings::plus);
  }

  private static Efficiency plus(Efficiency left, Efficiency right) {
    return new Efficiency(
        left.requested() + right.requested(),
        left.used() + right.used(),
        larger(left.saving(), right.saving()));
  }

  private static Optional<Saving> larger(Optional<Saving> left, Optional<Saving> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.or(() -> right);
    }
    int order = Double.compare(left.get().amount(), right.get().amount());
    // A tie goes by name, so that a repeated run says the same.
    return order > 0 || (order == 0 && left.get().workload().compareTo(right.get().workload()) <= 0)
        ? left
        : right;
  }
}

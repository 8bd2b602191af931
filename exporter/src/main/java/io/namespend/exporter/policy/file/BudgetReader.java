package io.namespend.exporter.policy.file;

import io.namespend.exporter.policy.Budget;
import io.namespend.exporter.policy.Budget.Scope;
import io.namespend.exporter.policy.pool.Pool;
import io.namespend.exporter.policy.pool.Split;
import io.namespend.exporter.settings.LabelValue;
import io.namespend.foundation.settings.Section;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads budgets. */
final class BudgetReader {
  private static final String SCOPES =
      Arrays.stream(Scope.values()).map(Scope::key).collect(Collectors.joining(", "));

  private final List<Pool> pools;
  private final Set<String> seen = new HashSet<>();

  /**
   * @param pools whose namespaces bear no costs
   */
  BudgetReader(List<Pool> pools) {
    this.pools = pools;
  }

  List<Budget> read(Section root) {
    return root.sections("budgets").stream().flatMap(section -> budget(section).stream()).toList();
  }

  private Optional<Budget> budget(Section section) {
    List<Scope> scopes =
        Arrays.stream(Scope.values()).filter(scope -> section.has(scope.key())).toList();
    if (scopes.isEmpty()) {
      section.requires(Scope.NAMESPACE.key(), "write exactly one of " + SCOPES);
    } else if (scopes.size() > 1) {
      scopes.forEach(scope -> section.problem(scope.key(), "write exactly one of " + SCOPES));
    }
    OptionalDouble daily = Money.aboveZero(section, "daily");
    OptionalDouble monthly = Money.aboveZero(section, "monthly");
    if (!section.has("daily") && !section.has("monthly")) {
      section.requires("monthly", "write an amount for daily, monthly or both");
    }
    Optional<Budget> budget =
        scopes.stream()
            .findFirst()
            .flatMap(
                scope ->
                    owner(section, scope)
                        .map(
                            owner ->
                                new Budget(scope, owner, daily, monthly, section.at(scope.key()))));
    section.refuseOthers();
    return budget;
  }

  private Optional<String> owner(Section section, Scope scope) {
    Optional<String> owner =
        section.parsed(
            scope.key(),
            scope == Scope.NAMESPACE ? text -> Globs.glob(text).text() : LabelValue::parse);
    owner.ifPresent(
        name -> {
          for (String period : List.of("daily", "monthly")) {
            if (section.has(period) && !seen.add(scope + " " + period + " " + name)) {
              section.problem(
                  period, "%s %s has this budget twice; write one".formatted(scope.key(), name));
            }
          }
          if (scope == Scope.NAMESPACE) {
            refuseSharedNamespace(section, name);
          }
        });
    return owner;
  }

  /** Its total is 0, so the budget would never be used. */
  private void refuseSharedNamespace(Section section, String namespace) {
    if (namespace.contains("*")) {
      return;
    }
    pools.stream()
        .filter(pool -> pool.namespaces().matches(namespace))
        .findFirst()
        .filter(pool -> pool.sharing().split() != Split.NONE)
        .ifPresent(
            pool ->
                section.problem(
                    Scope.NAMESPACE.key(),
                    "is in the pool %s, which bears its cost; remove the budget, or take the"
                            .formatted(pool.name())
                        + " namespace out of the pool"));
  }
}

package io.namespend.exporter.policy;

import io.namespend.exporter.policy.Budget.Scope;
import io.namespend.exporter.policy.owner.OwnerPart;
import io.namespend.exporter.policy.pool.NamespaceGlobs;
import io.namespend.exporter.policy.pool.Pool;
import io.namespend.exporter.policy.pool.Service;
import io.namespend.exporter.policy.pool.Sharing;
import io.namespend.exporter.policy.pool.Split;
import io.namespend.exporter.settings.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a valid policy has no effect in a cluster, which is often a slip of the pen. */
public final class PolicyWarnings {
  private final AppliedPolicy applied;
  private final List<String> warnings = new ArrayList<>();

  private PolicyWarnings(AppliedPolicy applied) {
    this.applied = applied;
  }

  /** One sentence each. */
  public static List<String> of(AppliedPolicy applied) {
    PolicyWarnings all = new PolicyWarnings(applied);
    all.globs();
    all.pools();
    all.owners();
    applied.invalidAnnotations().forEach(annotation -> all.warnings.add(annotation.toString()));
    applied.refusedAnnotations().forEach(annotation -> all.warnings.add(annotation.toString()));
    all.foreign();
    return all.warnings;
  }

  private void globs() {
    Policy policy = applied.policy();
    for (Allocation.ModelOverride override : policy.allocation().overrides()) {
      idle(override.namespaces(), name -> true, "namespaces");
    }
    for (Pool pool : policy.pools()) {
      idle(
          pool.namespaces(),
          name -> policy.poolOf(name).equals(Optional.of(pool)),
          "namespaces that no earlier pool has");
    }
    for (Pool pool : policy.allPools()) {
      Sharing sharing = pool.sharing();
      for (NamespaceGlobs globs :
          List.of(sharing.tenants(), sharing.except(), sharing.weights().namespaces())) {
        idle(globs, this::isTenant, "tenants");
      }
    }
    for (Budget budget : policy.budgets()) {
      if (budget.scope() == Scope.NAMESPACE) {
        NamespaceGlobs globs =
            new NamespaceGlobs(budget.path(), List.of(new Wildcard(budget.owner())));
        idle(globs, this::isTenant, "tenants");
      }
    }
  }

  /** Lists without a path are not of the file. */
  private void idle(NamespaceGlobs globs, Predicate<String> counts, String what) {
    if (globs.path().isEmpty()) {
      return;
    }
    for (Wildcard glob : globs.globs()) {
      List<String> matches = names().filter(glob::matches).toList();
      if (matches.stream().noneMatch(counts)) {
        String problem =
            matches.isEmpty()
                ? "matches no namespace"
                : "matches %s, but no %s".formatted(String.join(", ", matches), what);
        warnings.add("%s: \"%s\" %s".formatted(globs.path(), glob, problem));
      }
    }
  }

  private void pools() {
    for (Pool pool : applied.policy().allPools()) {
      boolean split = pool.sharing().split() != Split.NONE;
      if (split && names().noneMatch(name -> isTenant(name) && pool.sharing().weight(name) > 0)) {
        warnings.add(
            "pool %s: no tenant takes part, so its cost stays unallocated".formatted(pool.name()));
      }
    }
  }

  private void owners() {
    for (Service.External external : applied.policy().externalServices()) {
      String namespace = external.namespace();
      if (!namespace.isEmpty() && names().noneMatch(namespace::equals)) {
        warnings.add(
            "external service %s: there is no namespace \"%s\""
                .formatted(external.service().name(), namespace));
      }
    }
    for (Budget budget : applied.policy().budgets()) {
      switch (budget.scope()) {
        case NAMESPACE -> {}
        case TEAM -> unowned(budget, OwnerPart.TEAM);
        case COST_CENTER -> unowned(budget, OwnerPart.COST_CENTER);
      }
    }
  }

  private void foreign() {
    applied.foreign().entrySet().stream()
        .map(
            entry ->
                "%s %s/%s: names %s, which is not its namespace's owner"
                    .formatted(
                        entry.getKey().type(),
                        entry.getKey().namespace(),
                        entry.getKey().name(),
                        entry.getValue().payer()))
        .sorted()
        .forEach(warnings::add);
  }

  private void unowned(Budget budget, OwnerPart part) {
    Set<String> owners =
        Stream.concat(
                applied.namespaces().stream().map(NamespaceTerms::owner),
                applied.workloads().values().stream())
            .map(owner -> owner.part(part).value())
            .collect(Collectors.toSet());
    if (!owners.contains(budget.owner())) {
      warnings.add("%s: \"%s\" owns nothing".formatted(budget.path(), budget.owner()));
    }
  }

  private Stream<String> names() {
    return applied.namespaces().stream().map(NamespaceTerms::namespace);
  }

  private boolean isTenant(String namespace) {
    return applied.policy().poolOf(namespace).isEmpty();
  }
}

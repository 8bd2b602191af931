package io.namespend.exporter.cli;

import io.namespend.exporter.policy.AppliedPolicy;
import io.namespend.exporter.policy.NamespaceTerms;
import io.namespend.exporter.policy.owner.Owner;
import io.namespend.exporter.policy.owner.OwnerSource;
import io.namespend.foundation.settings.Constant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a policy does to a cluster, namespace by namespace. */
final class ClusterEffects {
  private final AppliedPolicy applied;

  ClusterEffects(AppliedPolicy applied) {
    this.applied = applied;
  }

  String text() {
    return namespaces() + workloads() + "\n";
  }

  private String namespaces() {
    return Columns.withHeading(
        List.of("NAMESPACE", "POOL", "MODEL", "OWNER", "BUDGET"),
        applied.namespaces().stream().map(ClusterEffects::row).toList());
  }

  private static List<String> row(NamespaceTerms terms) {
    return List.of(
        terms.namespace(),
        terms.pool().map(pool -> "in " + pool).orElse("tenant"),
        Constant.text(terms.model()),
        owner(terms.owner()),
        PolicySummary.budgets(terms.dailyBudget(), terms.monthlyBudget()));
  }

  /** The team with its source, and the cost center where there is one. */
  private static String owner(Owner owner) {
    boolean charged = owner.costCenter().source() != OwnerSource.DEFAULT;
    return "%s%s (%s)"
        .formatted(
            owner.team().value(),
            charged ? ", " + owner.costCenter().value() : "",
            owner.team().source().text());
  }

  /** How the teams of workloads were found. */
  private String workloads() {
    String sources =
        Arrays.stream(OwnerSource.values())
            .map(source -> count(source) + " from " + source.text())
            .collect(Collectors.joining(", "));
    return Columns.wrapped(
        "%d workloads have pods; team: %s".formatted(applied.workloads().size(), sources) + "\n",
        0);
  }

  private long count(OwnerSource source) {
    return applied.workloads().values().stream()
        .filter(owner -> owner.team().source() == source)
        .count();
  }
}

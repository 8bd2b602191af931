package io.namespend.exporter.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.policy.owner.Owner;
import io.namespend.exporter.policy.owner.OwnerPart;
import io.namespend.exporter.policy.owner.Ownership;
import io.namespend.exporter.policy.owner.WorkloadOwners;
import io.namespend.exporter.policy.pool.NamespaceGlobs;
import io.namespend.exporter.policy.pool.NodeGroups;
import io.namespend.exporter.policy.pool.Pool;
import io.namespend.exporter.policy.pool.Sharing;
import io.namespend.exporter.policy.pool.Split;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-20");
  private static final Ownership OWNERSHIP =
      new Ownership(
          Map.of(OwnerPart.TEAM, List.of("team", "squad"), OwnerPart.PRODUCT, List.of()),
          Map.of(OwnerPart.TEAM, "nobody"));

  @Test
  void annotationsOfANamespaceOverrideThePolicy() {
    Policy policy =
        policyWith(
            new AnnotationLimits(
                EnumSet.allOf(AnnotationName.class), false, false, 31, 90, List.of()),
            List.of(
                new Budget(
                    Budget.Scope.NAMESPACE,
                    "shop",
                    OptionalDouble.of(50),
                    OptionalDouble.of(2),
                    "budgets[0]")));

    NamespaceTerms terms =
        policy.terms(
            namespace(
                Map.of("team", "by-label", "environment", "prod"),
                Map.of(
                    "namespend.io/model", "usage",
                    "namespend.io/daily-budget", " 49.90 ",
                    "namespend.io/team", "by-label",
                    "namespend.io/cost-center", "cc-1",
                    "namespend.io/product", "web",
                    "namespend.io/planned-change", "2026-12-01/2026-12-07",
                    "namespend.io/slack-channel", "#café_1")),
            TODAY);

    assertThat(terms.invalid()).isEmpty();
    assertThat(terms.refused()).isEmpty();
    assertThat(terms.model()).isEqualTo(AllocationModel.USAGE);
    assertThat(terms.weights()).isEqualTo(new AllocationWeights(0, 1, 0));
    assertThat(terms.dailyBudget()).hasValue(49.9);
    assertThat(terms.monthlyBudget()).hasValue(2);
    assertThat(terms.slackChannel()).hasValue("#café_1");
    PlannedChange change = terms.plannedChange().orElseThrow();
    assertThat(change.start()).isEqualTo("2026-12-01T00:00:00Z");
    assertThat(change.end()).hasValue(Instant.parse("2026-12-08T00:00:00Z"));
    assertThat(text(terms.owner()))
        .isEqualTo(
            "by-label (namespace-annotation), cc-1 (namespace-annotation), prod"
                + " (namespace-label), web (namespace-annotation)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model          | fair     | write one of blended, request, usage, max
          daily-budget   | $500     | write an amount above 0, such as 500 or 49.90
          daily-budget   | 0        | write an amount above 0, such as 500 or 49.90
          daily-budget   | -1       | write an amount above 0, such as 500 or 49.90
          daily-budget   | NaN      | write an amount above 0, such as 500 or 49.90
          daily-budget   | 1e400    | write an amount above 0, such as 500 or 49.90
          monthly-budget | 1,000    | write an amount above 0, such as 500 or 49.90
          monthly-budget | ''       | write an amount above 0, such as 500 or 49.90
          planned-change | tomorrow | write a day such as 2026-12-01, or a first and a last: 2026-12-01/2026-12-07
          planned-change | 2026-13-01 | write a day such as 2026-12-01, or a first and a last: 2026-12-01/2026-12-07
          planned-change | 2026-12-01/ | write a day such as 2026-12-01, or a first and a last: 2026-12-01/2026-12-07
          planned-change | 2026-12-02/2026-12-01 | the last day is before the first; swap them
          slack-channel  | payments | write a channel such as "#payments", or its ID such as C024BE91L
          slack-channel  | '#a <!channel>' | write a channel such as "#payments", or its ID such as C024BE91L
          slack-channel  | '@boss'  | write a channel such as "#payments", or its ID such as C024BE91L
          team           | ' '      | write a name of 1 to 63 characters, without line breaks
          modle          | usage    | unknown annotation; known: model, daily-budget, monthly-budget, planned-change, slack-channel, team, cost-center, environment, product
          ''             | x        | unknown annotation; known: model, daily-budget, monthly-budget, planned-change, slack-channel, team, cost-center, environment, product
          """)
  void aBadAnnotationIsListedAndChangesNothing(String annotation, String value, String remedy) {
    Policy policy = policy(List.of(), List.of());
    String key = "namespend.io/" + annotation;

    NamespaceTerms terms = policy.terms(namespace(Map.of(), Map.of(key, value)), TODAY);

    assertThat(terms.invalid()).containsExactly(new InvalidAnnotation("shop", key, value, remedy));
    NamespaceTerms without = policy.terms(namespace(Map.of(), Map.of()), TODAY);
    assertThat(terms).usingRecursiveComparison().ignoringFields("invalid").isEqualTo(without);
  }

  @Test
  void aSharedNamespaceCanHaveNoBudgetUnlessItsCostStaysItsOwn() {
    Map<String, String> budget = Map.of("namespend.io/daily-budget", "5");

    assertThat(shared(Split.EVEN, budget).dailyBudget()).isEmpty();
    assertThat(shared(Split.EVEN, budget).invalid())
        .extracting(InvalidAnnotation::remedy)
        .containsExactly("the namespace is shared and its cost split over tenants; remove it");
    assertThat(shared(Split.NONE, budget).dailyBudget()).hasValue(5);
  }

  /** Each part on its own: workload label, annotation, namespace label, default. */
  @Test
  void ownersOfWorkloadsAreFoundPartByPart() {
    ClusterSnapshot cluster =
        ClusterYaml.snapshot(
            """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: shop
              labels: {squad: web, environment: prod, cost-center: cc-ns}
              annotations: {namespend.io/cost-center: cc-own}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {namespace: shop, name: a, labels: {team: search, environment: ""}}
            spec: {nodeName: n1}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {namespace: shop, name: b, labels: {cost-center: cc-pod}}
            spec: {nodeName: n1}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {namespace: lost, name: c}
            spec: {nodeName: n1}
            """,
            Set.of("team", "squad", "cost-center", "environment"));

    Map<String, String> owners =
        AppliedPolicy.of(allowing(), cluster, TODAY).workloads().entrySet().stream()
            .collect(Collectors.toMap(e -> e.getKey().name(), e -> text(e.getValue())));

    assertThat(owners)
        .containsOnly(
            Map.entry(
                "a",
                "search (workload-label), cc-own (namespace-annotation), prod (namespace-label),"
                    + " unattributed (default)"),
            Map.entry(
                "b",
                "web (namespace-label), cc-pod (workload-label), prod (namespace-label),"
                    + " unattributed (default)"),
            Map.entry(
                "c",
                "nobody (default), unattributed (default), unknown (default), unattributed"
                    + " (default)"));
  }

  @Test
  void labelsAreTriedInTheirOrderAndOneWithoutAValueNamesNobody() {
    assertThat(team(Map.of("squad", "b", "team", "a"))).isEqualTo("a");
    assertThat(team(Map.of("squad", "b", "team", ""))).isEqualTo("b");
    assertThat(team(Map.of("squad", ""))).isEqualTo("nobody");
  }

  private static String team(Map<String, String> labels) {
    return OWNERSHIP.ofNamespace(labels, Map.of()).team().value();
  }

  private static NamespaceTerms shared(Split split, Map<String, String> annotations) {
    Sharing sharing =
        new Sharing(split, Sharing.Weights.NONE, 0, NamespaceGlobs.ALL, NamespaceGlobs.NONE);
    return policy(List.of(new Pool("platform", NamespaceGlobs.ALL, sharing)), List.of())
        .terms(namespace(Map.of(), annotations), TODAY);
  }

  private static Policy policy(List<Pool> pools, List<Budget> budgets) {
    return policy(OWNERSHIP, pools, budgets, AnnotationLimits.SAFE);
  }

  private static Policy policyWith(AnnotationLimits limits, List<Budget> budgets) {
    return policy(OWNERSHIP, List.of(), budgets, limits);
  }

  private static Policy allowing() {
    return policy(
        new Ownership(OWNERSHIP.labels(), OWNERSHIP.defaults(), WorkloadOwners.ALLOW),
        List.of(),
        List.of(),
        new AnnotationLimits(EnumSet.allOf(AnnotationName.class), true, true, 31, 90, List.of()));
  }

  private static Policy policy(
      Ownership ownership, List<Pool> pools, List<Budget> budgets, AnnotationLimits limits) {
    return new Policy(
        "USD",
        ownership,
        Allocation.usual(),
        NodeGroups.usual(),
        pools,
        List.of(),
        List.of(),
        budgets,
        List.of(),
        new AnnotationPolicy(limits, List.of()),
        Customers.NONE,
        List.of());
  }

  private static Namespace namespace(Map<String, String> labels, Map<String, String> annotations) {
    return new Namespace("shop", labels, annotations);
  }

  private static String text(Owner owner) {
    return List.of(owner.team(), owner.costCenter(), owner.environment(), owner.product()).stream()
        .map(part -> "%s (%s)".formatted(part.value(), part.source().text()))
        .collect(Collectors.joining(", "));
  }
}

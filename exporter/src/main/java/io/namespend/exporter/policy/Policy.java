package io.namespend.exporter.policy;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.policy.owner.Ownership;
import io.namespend.exporter.policy.pool.NamespaceGlobs;
import io.namespend.exporter.policy.pool.NodeGroups;
import io.namespend.exporter.policy.pool.Per;
import io.namespend.exporter.policy.pool.Pool;
import io.namespend.exporter.policy.pool.Service;
import io.namespend.exporter.policy.pool.Sharing;
import io.namespend.exporter.policy.pool.Split;
import io.namespend.exporter.settings.Wildcard;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rules of one company.
 *
 * @param currency ISO 4217 code of every price
 * @param pools that the policy names, in its order: groups of shared namespaces and standing pools
 */
public record Policy(
    String currency,
    Ownership ownership,
    Allocation allocation,
    NodeGroups nodeGroups,
    List<Pool> pools,
    List<Service.Shared> sharedServices,
    List<Service.External> externalServices,
    List<Budget> budgets,
    List<Bill> bills,
    AnnotationPolicy annotations,
    Customers customers,
    List<CostUnit> units) {
  public Policy {
    requireNonNull(currency, "currency");
    requireNonNull(ownership, "ownership");
    requireNonNull(allocation, "allocation");
    requireNonNull(nodeGroups, "nodeGroups");
    pools = List.copyOf(pools);
    sharedServices = List.copyOf(sharedServices);
    externalServices = List.copyOf(externalServices);
    budgets = List.copyOf(budgets);
    bills = List.copyOf(bills);
    requireNonNull(annotations, "annotations");
    requireNonNull(customers, "customers");
    units = List.copyOf(units);
  }

  public static Policy defaults() {
    return new Policy(
        "USD",
        Ownership.usual(),
        Allocation.usual(),
        NodeGroups.usual(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        AnnotationPolicy.SAFE,
        Customers.NONE,
        List.of());
  }

  /** Labels of workloads and namespaces that the policy reads. */
  public Set<String> labelNames() {
    Set<String> names = new TreeSet<>(ownership.labelNames());
    names.addAll(customers.labels());
    return Set.copyOf(names);
  }

  /** Standing pools, groups of shared namespaces, and shared services. */
  public List<Pool> allPools() {
    Stream<Pool> unlisted =
        Pool.STANDING.stream()
            .filter(name -> pools.stream().noneMatch(pool -> pool.name().equals(name)))
            .map(name -> new Pool(name, NamespaceGlobs.NONE, Sharing.usual()));
    return Stream.of(unlisted, pools.stream(), sharedServices.stream().map(Service.Shared::pool))
        .flatMap(pools -> pools)
        .toList();
  }

  /** The smallest part of a cluster over which any pool is split. */
  public Per finest() {
    return pools.stream().map(Pool::per).max(Comparator.naturalOrder()).orElse(Per.CLUSTER);
  }

  /** The first that names the namespace; empty for a tenant. */
  public Optional<Pool> poolOf(String namespace) {
    return pools.stream().filter(pool -> pool.namespaces().matches(namespace)).findFirst();
  }

  /**
   * @param today in UTC
   */
  public NamespaceTerms terms(Namespace namespace, LocalDate today) {
    String name = namespace.name();
    Optional<Pool> pool = poolOf(name);
    boolean bearsCosts = pool.isEmpty() || pool.get().sharing().split() == Split.NONE;
    OptionalDouble daily = budget(bearsCosts, name, Budget::daily);
    OptionalDouble monthly = budget(bearsCosts, name, Budget::monthly);
    NamespaceAnnotations own =
        new NamespaceAnnotations(
            new NamespaceAnnotations.Context(
                name,
                part -> ownership.named(part, namespace.labels()),
                annotations.of(name),
                bearsCosts,
                daily,
                monthly,
                today),
            namespace.annotations());
    AllocationModel model = own.model().orElseGet(() -> allocation.modelOf(name));
    return new NamespaceTerms(
        name,
        pool.map(Pool::name),
        model,
        allocation.weights(model),
        ownership.ofNamespace(namespace.labels(), own.owner()),
        own.dailyBudget().isPresent() ? own.dailyBudget() : daily,
        own.monthlyBudget().isPresent() ? own.monthlyBudget() : monthly,
        own.plannedChange(),
        own.slackChannel(),
        own.invalid(),
        own.refused());
  }

  private OptionalDouble budget(
      boolean bearsCosts, String namespace, Function<Budget, OptionalDouble> amount) {
    if (!bearsCosts) {
      return OptionalDouble.empty();
    }
    return budgets.stream()
        .filter(budget -> budget.scope() == Budget.Scope.NAMESPACE)
        .filter(budget -> new Wildcard(budget.owner()).matches(namespace))
        .map(amount)
        .filter(OptionalDouble::isPresent)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }
}

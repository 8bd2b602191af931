package io.namespend.exporter.audit;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.cluster.SurveyedCluster;
import io.namespend.exporter.policy.AppliedPolicy;
import io.namespend.exporter.policy.NamespaceTerms;
import io.namespend.exporter.policy.RefusedAnnotation;
import io.namespend.exporter.policy.owner.Owner;
import io.namespend.exporter.policy.owner.OwnerPart;
import io.namespend.exporter.policy.owner.OwnerSource;
import io.namespend.exporter.policy.owner.Ownership;
import io.namespend.exporter.price.PricedNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a cluster lacks the labels of its owner.
 *
 * @param ownership which labels these are
 * @param namespaces without those that policies leave out; the dearest first
 * @param workloads in these namespaces, with or without pods; the dearest first
 * @param namespacesWithoutOwner by part, in all namespaces, as the exporter's metrics count them
 * @param workloadsWithoutOwner by part, of all that have pods, as the exporter's metrics count them
 * @param foreign workloads with pods, in these namespaces, that name another owner than theirs; the
 *     dearest first
 * @param refused annotations, in these namespaces, that the policy does not let count
 */
public record LabelAudit(
    Ownership ownership,
    List<Audited> namespaces,
    List<Audited> workloads,
    Map<OwnerPart, Long> namespacesWithoutOwner,
    Map<OwnerPart, Long> workloadsWithoutOwner,
    List<ForeignWorkload> foreign,
    List<RefusedAnnotation> refused) {
  /** The parts whose labels policies require, in the order to tell them. */
  public static final List<OwnerPart> REQUIRED =
      List.of(OwnerPart.TEAM, OwnerPart.COST_CENTER, OwnerPart.ENVIRONMENT);

  private static final Comparator<Audited> DEAREST_FIRST =
      Comparator.comparingDouble(Audited::hourlyCost)
          .reversed()
          .thenComparing(Audited::namespace)
          .thenComparing(Audited::kind)
          .thenComparing(Audited::name);

  private static final Comparator<ForeignWorkload> DEAREST_FOREIGN_FIRST =
      Comparator.comparingDouble(ForeignWorkload::hourlyCost)
          .reversed()
          .thenComparing(foreign -> foreign.workload().namespace())
          .thenComparing(foreign -> foreign.workload().type())
          .thenComparing(foreign -> foreign.workload().name());

  public LabelAudit {
    requireNonNull(ownership, "ownership");
    namespaces = namespaces.stream().sorted(DEAREST_FIRST).toList();
    workloads = workloads.stream().sorted(DEAREST_FIRST).toList();
    namespacesWithoutOwner = Map.copyOf(namespacesWithoutOwner);
    workloadsWithoutOwner = Map.copyOf(workloadsWithoutOwner);
    foreign = foreign.stream().sorted(DEAREST_FOREIGN_FIRST).toList();
    refused = List.copyOf(refused);
  }

  /**
   * @param nodes the cluster's, with their prices; empty where nothing has a price
   * @param leftOut namespaces that policies do not look at
   */
  public static LabelAudit of(
      SurveyedCluster cluster,
      AppliedPolicy applied,
      List<PricedNode> nodes,
      Predicate<String> leftOut) {
    Auditor auditor = new Auditor(cluster, applied, nodes);
    return new LabelAudit(
        applied.policy().ownership(),
        auditor.namespaces().filter(namespace -> !leftOut.test(namespace.namespace())).toList(),
        auditor.workloads().filter(workload -> !leftOut.test(workload.namespace())).toList(),
        withoutOwner(applied.namespaces().stream().map(NamespaceTerms::owner).toList()),
        withoutOwner(applied.namedOwners()),
        auditor.foreign().filter(one -> !leftOut.test(one.workload().namespace())).toList(),
        applied.refusedAnnotations().stream()
            .filter(annotation -> !leftOut.test(annotation.namespace()))
            .toList());
  }

  /** How far the label of one part reaches. */
  public Coverage coverage(OwnerPart part) {
    return Coverage.of(Set.of(part), namespaces, workloads);
  }

  /** How far all required labels together reach. */
  public Coverage coverage() {
    return Coverage.of(Set.copyOf(REQUIRED), namespaces, workloads);
  }

  /** Whether anything that runs has a price. */
  public boolean hasMoney() {
    return coverage().moneyByNobody().whole() > 0;
  }

  /** What a policy would refuse, and what it does not check but nobody owns. */
  public List<Audited> offenders() {
    return Stream.concat(namespaces.stream(), workloads.stream())
        .filter(Audited::isOffender)
        .toList();
  }

  private static Map<OwnerPart, Long> withoutOwner(Collection<Owner> owners) {
    return REQUIRED.stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                part ->
                    owners.stream()
                        .filter(owner -> owner.part(part).source() == OwnerSource.DEFAULT)
                        .count()));
  }
}

package io.namespend.exporter.audit;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.audit.Audited.Check;
import io.namespend.exporter.policy.owner.Owner;
import io.namespend.exporter.policy.owner.OwnerPart;
import io.namespend.exporter.policy.owner.OwnerSource;
import java.util.List;
import java.util.Set;

/**
 * How far some labels reach, among what policies check.
 *
 * @param parts all of which must be there
 * @param namespaces with the labels, of all
 * @param workloads with the labels on themselves and their pods' template, of all
 * @param moneyByWorkload currency per hour that workloads' own labels attribute, of all that is
 *     requested
 * @param moneyByNamespace currency per hour that a label or annotation of the namespace attributes,
 *     at least in part
 * @param moneyByNobody currency per hour that nothing attributes, at least in part
 */
public record Coverage(
    Set<OwnerPart> parts,
    Share namespaces,
    Share workloads,
    Share moneyByWorkload,
    Share moneyByNamespace,
    Share moneyByNobody) {
  public Coverage {
    parts = Set.copyOf(parts);
    requireNonNull(namespaces, "namespaces");
    requireNonNull(workloads, "workloads");
    requireNonNull(moneyByWorkload, "moneyByWorkload");
    requireNonNull(moneyByNamespace, "moneyByNamespace");
    requireNonNull(moneyByNobody, "moneyByNobody");
  }

  static Coverage of(Set<OwnerPart> parts, List<Audited> namespaces, List<Audited> workloads) {
    return new Coverage(
        parts,
        labelled(parts, namespaces),
        labelled(parts, workloads),
        money(Attribution.WORKLOAD, parts, workloads),
        money(Attribution.NAMESPACE, parts, workloads),
        money(Attribution.NOBODY, parts, workloads));
  }

  /** The money that has an owner, whatever names it. */
  public Share attributed() {
    return new Share(moneyByWorkload.part() + moneyByNamespace.part(), moneyByWorkload.whole());
  }

  private enum Attribution {
    WORKLOAD,
    NAMESPACE,
    NOBODY;

    /** The weakest of the parts decides. */
    static Attribution of(Owner owner, Set<OwnerPart> parts) {
      Attribution weakest = WORKLOAD;
      for (OwnerPart part : parts) {
        Attribution one = of(owner.part(part).source());
        weakest = one.compareTo(weakest) > 0 ? one : weakest;
      }
      return weakest;
    }

    private static Attribution of(OwnerSource source) {
      return switch (source) {
        case WORKLOAD_LABEL -> WORKLOAD;
        case NAMESPACE_ANNOTATION, NAMESPACE_LABEL -> NAMESPACE;
        case DEFAULT -> NOBODY;
      };
    }
  }

  private static Share labelled(Set<OwnerPart> parts, List<Audited> all) {
    List<Audited> checked =
        all.stream().filter(audited -> audited.check() != Check.UNCHECKED).toList();
    long with = checked.stream().filter(audited -> parts.stream().allMatch(audited::has)).count();
    return new Share((double) with, (double) checked.size());
  }

  private static Share money(Attribution by, Set<OwnerPart> parts, List<Audited> workloads) {
    return new Share(
        workloads.stream()
            .filter(workload -> Attribution.of(workload.owner(), parts) == by)
            .mapToDouble(Audited::hourlyCost)
            .sum(),
        workloads.stream().mapToDouble(Audited::hourlyCost).sum());
  }
}

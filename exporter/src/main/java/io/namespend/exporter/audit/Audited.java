package io.namespend.exporter.audit;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.policy.owner.Owner;
import io.namespend.exporter.policy.owner.OwnerPart;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A namespace or workload, and what it lacks.
 *
 * @param kind in lower case
 * @param namespace that it is in; a namespace's own name
 * @param check whether label policies look at it
 * @param missing what no label of the object names; if it is not checked, what nothing names at all
 * @param missingInTemplate what no label of its pods' template names
 * @param owner whom its own labels name, else its namespace
 * @param hourlyCost what its pods request
 */
public record Audited(
    String kind,
    String namespace,
    String name,
    Check check,
    Set<OwnerPart> missing,
    Set<OwnerPart> missingInTemplate,
    Owner owner,
    double hourlyCost) {

  /** Whether label policies look at an object. */
  public enum Check {
    /** They do. */
    CHECKED,
    /** They do, but the object is not among those that were read: only its pods are known. */
    UNSEEN,
    /** It is of a kind that they do not know, such as a bare pod. */
    UNCHECKED
  }

  public Audited {
    requireNonNull(kind, "kind");
    requireNonNull(namespace, "namespace");
    requireNonNull(name, "name");
    requireNonNull(check, "check");
    missing = copy(missing);
    missingInTemplate = copy(missingInTemplate);
    requireNonNull(owner, "owner");
  }

  /** Whether a policy that requires this label would let it in. */
  public boolean has(OwnerPart part) {
    return check == Check.CHECKED && !missing.contains(part) && !missingInTemplate.contains(part);
  }

  /** Whether a policy that requires all labels would let it in. */
  public boolean isCompliant() {
    return check == Check.CHECKED && !isOffender();
  }

  /** Whether someone has to do something about it. */
  public boolean isOffender() {
    return check == Check.UNSEEN || !missing.isEmpty() || !missingInTemplate.isEmpty();
  }

  /** In the order of the parts. */
  private static Set<OwnerPart> copy(Set<OwnerPart> parts) {
    Set<OwnerPart> copy = EnumSet.noneOf(OwnerPart.class);
    copy.addAll(parts);
    return Collections.unmodifiableSet(copy);
  }
}

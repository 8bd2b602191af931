package io.namespend.exporter.policy.owner;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.policy.owner.Owner.Named;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds who owns a namespace or workload: workload label as far as it may, else annotation of the
 * namespace, else its label, else the default.
 *
 * @param labels names of the Kubernetes labels of each part, tried in order
 * @param defaults of each part
 * @param workloads whether labels of workloads say who pays
 */
public record Ownership(
    Map<OwnerPart, List<String>> labels,
    Map<OwnerPart, String> defaults,
    WorkloadOwners workloads) {
  /** A part that is not given is looked for as usual. */
  public Ownership {
    labels = complete(labels, part -> List.of(part.usualLabel()));
    defaults = complete(defaults, OwnerPart::usualDefault);
    requireNonNull(workloads, "workloads");
  }

  public Ownership(Map<OwnerPart, List<String>> labels, Map<OwnerPart, String> defaults) {
    this(labels, defaults, WorkloadOwners.REPORT);
  }

  public static Ownership usual() {
    return new Ownership(Map.of(), Map.of());
  }

  /** Of all parts. */
  public Set<String> labelNames() {
    return labels.values().stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
  }

  /** What the labels name for this part; empty if they do not. */
  public Optional<String> named(OwnerPart part, Map<String, String> found) {
    for (String name : value(labels, part)) {
      String value = found.getOrDefault(name, "");
      // A label without a value names nobody.
      if (!value.isEmpty()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /** What to write on an object that lacks this part: the first of its labels' names. */
  public String labelName(OwnerPart part) {
    return value(labels, part).stream().findFirst().orElseGet(part::usualLabel);
  }

  public Owner ofNamespace(Map<String, String> namespaceLabels, Map<OwnerPart, String> annotated) {
    return owner(
        part -> {
          String annotation = annotated.get(part);
          return annotation != null
              ? new Named(annotation, OwnerSource.NAMESPACE_ANNOTATION)
              : labelled(
                  part,
                  namespaceLabels,
                  OwnerSource.NAMESPACE_LABEL,
                  new Named(value(defaults, part), OwnerSource.DEFAULT));
        });
  }

  /** Who is charged for a workload whose labels name that owner. */
  public Owner charged(Owner claimed, Owner namespace) {
    return switch (workloads) {
      case OWN -> claimed.paidBy(namespace);
      case REPORT -> claimed.isForeignTo(namespace) ? claimed.paidBy(namespace) : claimed;
      case ALLOW -> claimed;
    };
  }

  /** Whom the labels of a workload name, of the rest what its namespace has. */
  public Owner claimed(Map<String, String> workloadLabels, Owner namespace) {
    return workloadLabels.isEmpty()
        ? namespace
        : owner(
            part ->
                labelled(part, workloadLabels, OwnerSource.WORKLOAD_LABEL, namespace.part(part)));
  }

  private static Owner owner(Function<OwnerPart, Named> find) {
    return new Owner(
        find.apply(OwnerPart.TEAM),
        find.apply(OwnerPart.COST_CENTER),
        find.apply(OwnerPart.ENVIRONMENT),
        find.apply(OwnerPart.PRODUCT));
  }

  private Named labelled(
      OwnerPart part, Map<String, String> found, OwnerSource source, Named otherwise) {
    return named(part, found).map(value -> new Named(value, source)).orElse(otherwise);
  }

  private static <V> Map<OwnerPart, V> complete(
      Map<OwnerPart, V> given, Function<OwnerPart, V> usual) {
    Map<OwnerPart, V> complete = new EnumMap<>(OwnerPart.class);
    for (OwnerPart part : OwnerPart.values()) {
      V value = given.get(part);
      complete.put(part, value == null ? usual.apply(part) : value);
    }
    return Map.copyOf(complete);
  }

  /** There is one for each part: see the constructor. */
  private static <V> V value(Map<OwnerPart, V> map, OwnerPart part) {
    return requireNonNull(map.get(part), part.key());
  }
}

package io.namespend.exporter.policy;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.policy.owner.Owner;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the policy makes of a cluster.
 *
 * @param namespaces in the order of their names
 * @param workloads those that have pods, with their owners
 * @param foreign of these, whom the labels of those name that name another than their namespace
 */
public record AppliedPolicy(
    Policy policy,
    List<NamespaceTerms> namespaces,
    Map<Workload, Owner> workloads,
    Map<Workload, Owner> foreign) {

  public static AppliedPolicy of(Policy policy, ClusterSnapshot cluster, LocalDate today) {
    return of(policy, cluster.namespaces(), cluster.workloads(), today);
  }

  /**
   * @param namespaces of the cluster
   * @param labelsOfWorkloads those that have pods, with their labels
   * @param today in UTC; changes are planned from it
   */
  public static AppliedPolicy of(
      Policy policy,
      List<Namespace> namespaces,
      Map<Workload, Map<String, String>> labelsOfWorkloads,
      LocalDate today) {
    Map<String, NamespaceTerms> terms =
        byName(namespaces, labelsOfWorkloads.keySet()).values().stream()
            .map(namespace -> policy.terms(namespace, today))
            .collect(
                Collectors.toMap(
                    NamespaceTerms::namespace,
                    Function.identity(),
                    (a, b) -> a,
                    LinkedHashMap::new));
    Map<Workload, Owner> workloads = new HashMap<>();
    Map<Workload, Owner> foreign = new HashMap<>();
    labelsOfWorkloads.forEach(
        (workload, labels) -> {
          String namespace = workload.namespace();
          Owner owner = requireNonNull(terms.get(namespace), namespace).owner();
          Owner claimed = policy.ownership().claimed(labels, owner);
          workloads.put(workload, policy.ownership().charged(claimed, owner));
          if (claimed.isForeignTo(owner)) {
            foreign.put(workload, claimed);
          }
        });
    return new AppliedPolicy(policy, List.copyOf(terms.values()), workloads, foreign);
  }

  /** Of each workload whom labels name, which of a foreign one is not who pays. */
  public List<Owner> namedOwners() {
    return workloads.entrySet().stream()
        .map(entry -> foreign.getOrDefault(entry.getKey(), entry.getValue()))
        .toList();
  }

  public List<InvalidAnnotation> invalidAnnotations() {
    return namespaces.stream().flatMap(terms -> terms.invalid().stream()).toList();
  }

  /** Annotations that the policy does not let count. */
  public List<RefusedAnnotation> refusedAnnotations() {
    return namespaces.stream().flatMap(terms -> terms.refused().stream()).toList();
  }

  public List<NamespaceTerms> tenants() {
    return namespaces.stream().filter(NamespaceTerms::isTenant).toList();
  }

  /** A namespace that only its pods tell of (a dump without namespaces) has no labels. */
  private static Map<String, Namespace> byName(
      List<Namespace> namespaces, Set<Workload> workloads) {
    Map<String, Namespace> byName = new TreeMap<>();
    for (Workload workload : workloads) {
      byName.computeIfAbsent(workload.namespace(), name -> new Namespace(name, Map.of(), Map.of()));
    }
    for (Namespace namespace : namespaces) {
      byName.put(namespace.name(), namespace);
    }
    return byName;
  }
}

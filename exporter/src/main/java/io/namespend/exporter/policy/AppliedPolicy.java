package io.namespend.exporter.policy;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.Namespace;
import io.namespend.exporter.cluster.Workload;
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
 */
public record AppliedPolicy(
    Policy policy, List<NamespaceTerms> namespaces, Map<Workload, Owner> workloads) {

  public static AppliedPolicy of(Policy policy, ClusterSnapshot cluster) {
    return of(policy, cluster.namespaces(), cluster.workloads());
  }

  /**
   * @param namespaces of the cluster
   * @param labelsOfWorkloads those that have pods, with their labels
   */
  public static AppliedPolicy of(
      Policy policy,
      List<Namespace> namespaces,
      Map<Workload, Map<String, String>> labelsOfWorkloads) {
    Map<String, NamespaceTerms> terms =
        byName(namespaces, labelsOfWorkloads.keySet()).values().stream()
            .map(policy::terms)
            .collect(
                Collectors.toMap(
                    NamespaceTerms::namespace,
                    Function.identity(),
                    (a, b) -> a,
                    LinkedHashMap::new));
    Map<Workload, Owner> workloads = new HashMap<>();
    labelsOfWorkloads.forEach(
        (workload, labels) -> {
          String namespace = workload.namespace();
          Owner owner = requireNonNull(terms.get(namespace), namespace).owner();
          workloads.put(workload, policy.ownership().ofWorkload(labels, owner));
        });
    return new AppliedPolicy(policy, List.copyOf(terms.values()), workloads);
  }

  public List<InvalidAnnotation> invalidAnnotations() {
    return namespaces.stream().flatMap(terms -> terms.invalid().stream()).toList();
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

package io.namespend.exporter.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects Kubernetes objects into a snapshot. Not safe for use by several threads. */
public final class ClusterRecords {
  private final List<Node> nodes = new ArrayList<>();
  private final List<Namespace> namespaces = new ArrayList<>();
  private final List<PodFacts> pods = new ArrayList<>();
  private final Map<String, Optional<OwnerRef>> replicaSets = new HashMap<>();
  private final Map<String, Optional<OwnerRef>> jobs = new HashMap<>();

  /**
   * Takes from an object what costs depend on; kinds that they do not depend on are left.
   *
   * @throws IllegalArgumentException if an amount in the object is not a Kubernetes quantity
   */
  public void add(HasMetadata object) {
    if (object instanceof io.fabric8.kubernetes.api.model.Node node) {
      nodes.add(NodeReader.read(node));
    } else if (object instanceof io.fabric8.kubernetes.api.model.Namespace namespace) {
      namespaces.add(NamespaceReader.read(namespace));
    } else if (object instanceof io.fabric8.kubernetes.api.model.Pod pod) {
      PodFacts.of(pod).ifPresent(pods::add);
    } else if (object instanceof ReplicaSet replicaSet) {
      replicaSets.put(key(replicaSet), OwnerRef.of(replicaSet));
    } else if (object instanceof Job job) {
      jobs.put(key(job), OwnerRef.of(job));
    }
  }

  public ClusterSnapshot snapshot() {
    return snapshot(nodes, namespaces, pods, new Workloads(replicaSets, jobs));
  }

  /** Sorted, so that the same cluster always gives the same text. */
  static ClusterSnapshot snapshot(
      Collection<Node> nodes,
      Collection<Namespace> namespaces,
      Collection<PodFacts> pods,
      Workloads workloads) {
    return new ClusterSnapshot(
        nodes.stream().sorted(Comparator.comparing(Node::name)).toList(),
        namespaces.stream().sorted(Comparator.comparing(Namespace::name)).toList(),
        pods.stream()
            .map(pod -> resolved(pod, workloads))
            .sorted(Comparator.comparing(Pod::namespace).thenComparing(Pod::name))
            .toList());
  }

  private static Pod resolved(PodFacts pod, Workloads workloads) {
    return new Pod(pod.namespace(), pod.name(), pod.node(), workloads.of(pod), pod.request());
  }

  private static String key(HasMetadata object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }
}

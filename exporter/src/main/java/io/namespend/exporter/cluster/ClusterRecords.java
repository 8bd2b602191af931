package io.namespend.exporter.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects Kubernetes objects into a snapshot. Not safe for use by several threads. */
public final class ClusterRecords {
  private final List<Node> nodes = new ArrayList<>();
  private final List<Namespace> namespaces = new ArrayList<>();
  private final List<PodFacts> pods = new ArrayList<>();
  private final Map<String, Optional<OwnerRef>> replicaSets = new HashMap<>();
  private final Map<String, Optional<OwnerRef>> jobs = new HashMap<>();
  private final List<VolumeFacts> volumes = new ArrayList<>();
  private final Map<String, Optional<Map<String, String>>> storageClasses = new HashMap<>();
  private final List<LoadBalancer> loadBalancers = new ArrayList<>();
  private final Set<String> nodeLabels;
  private final LabelFilter workloadLabels;

  /** Keeps no label of a node or workload. */
  public ClusterRecords() {
    this(Set.of(), Set.of());
  }

  /**
   * @param nodeLabels keys of the node labels to keep
   * @param workloadLabels keys of the workload labels to keep
   */
  public ClusterRecords(Set<String> nodeLabels, Set<String> workloadLabels) {
    this.nodeLabels = Set.copyOf(nodeLabels);
    this.workloadLabels = new LabelFilter(workloadLabels);
  }

  /**
   * Takes from an object what costs depend on; kinds that they do not depend on are left.
   *
   * @throws IllegalArgumentException if an amount in the object is not a Kubernetes quantity
   */
  public void add(HasMetadata object) {
    if (object instanceof io.fabric8.kubernetes.api.model.Node node) {
      nodes.add(NodeReader.read(node, nodeLabels));
    } else if (object instanceof io.fabric8.kubernetes.api.model.Namespace namespace) {
      namespaces.add(NamespaceReader.read(namespace));
    } else if (object instanceof io.fabric8.kubernetes.api.model.Pod pod) {
      PodFacts.of(pod, workloadLabels).ifPresent(pods::add);
    } else if (object instanceof ReplicaSet replicaSet) {
      replicaSets.put(key(replicaSet), OwnerRef.of(replicaSet));
    } else if (object instanceof Job job) {
      jobs.put(key(job), OwnerRef.of(job));
    } else if (object instanceof PersistentVolume volume) {
      VolumeFacts.of(volume).ifPresent(volumes::add);
    } else if (object instanceof StorageClass storageClass) {
      storageClasses.put(
          storageClass.getMetadata().getName(),
          Optional.of(StorageClassParameters.read(storageClass)));
    } else if (object instanceof Service service) {
      ServiceReader.read(service).ifPresent(loadBalancers::add);
    }
  }

  public ClusterSnapshot snapshot() {
    return snapshot(
        nodes,
        namespaces,
        pods,
        new Workloads(replicaSets, jobs),
        new Storage(volumes, storageClasses),
        loadBalancers);
  }

  /** Sorted, so that the same cluster always gives the same text. */
  static ClusterSnapshot snapshot(
      Collection<Node> nodes,
      Collection<Namespace> namespaces,
      Collection<PodFacts> pods,
      Workloads workloads,
      Storage storage,
      Collection<LoadBalancer> loadBalancers) {
    List<PodFacts> sorted =
        pods.stream()
            .sorted(Comparator.comparing(PodFacts::namespace).thenComparing(PodFacts::name))
            .toList();
    List<Pod> resolved = sorted.stream().map(pod -> resolved(pod, workloads)).toList();
    return new ClusterSnapshot(
        withFargateRequests(nodes, resolved).sorted(Comparator.comparing(Node::name)).toList(),
        namespaces.stream().sorted(Comparator.comparing(Namespace::name)).toList(),
        resolved,
        storage.volumes().sorted(Comparator.comparing(Volume::name)).toList(),
        loadBalancers.stream()
            .sorted(
                Comparator.comparing(LoadBalancer::namespace).thenComparing(LoadBalancer::service))
            .toList(),
        labelsOfWorkloads(sorted, resolved));
  }

  /**
   * A workload has the labels of its first pod: what its template says. Labels of the workload
   * object itself, where known, go over them.
   *
   * @param pods the same as {@code resolved}, in the same order
   */
  private static Map<Workload, Map<String, String>> labelsOfWorkloads(
      List<PodFacts> pods, List<Pod> resolved) {
    Map<Workload, Map<String, String>> labels = new HashMap<>();
    for (int i = 0; i < pods.size(); i++) {
      labels.putIfAbsent(resolved.get(i).workload(), pods.get(i).labels());
    }
    labels.values().removeIf(Map::isEmpty);
    return labels;
  }

  private static Stream<Node> withFargateRequests(Collection<Node> nodes, List<Pod> pods) {
    Set<String> fargate =
        nodes.stream()
            .filter(node -> node.fargateRequest().isPresent())
            .map(Node::name)
            .collect(Collectors.toSet());
    if (fargate.isEmpty()) {
      return nodes.stream();
    }
    Map<String, Resources> requests = new HashMap<>();
    pods.stream()
        .filter(pod -> fargate.contains(pod.node()))
        .forEach(pod -> requests.merge(pod.node(), pod.request(), Resources::plus));
    return nodes.stream()
        .map(
            node ->
                requests.containsKey(node.name())
                    ? node.withFargateRequest(requests.get(node.name()))
                    : node);
  }

  /**
   * What is known of storage.
   *
   * @param classParameters of each storage class by name
   */
  record Storage(
      Collection<VolumeFacts> facts, Map<String, Optional<Map<String, String>>> classParameters) {
    private Stream<Volume> volumes() {
      return facts.stream()
          .map(
              volume ->
                  volume.withParameters(
                      classParameters
                          .getOrDefault(volume.storageClass(), Optional.empty())
                          .orElse(Map.of())));
    }
  }

  private static Pod resolved(PodFacts pod, Workloads workloads) {
    return new Pod(pod.namespace(), pod.name(), pod.node(), workloads.of(pod), pod.request());
  }

  private static String key(HasMetadata object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }
}

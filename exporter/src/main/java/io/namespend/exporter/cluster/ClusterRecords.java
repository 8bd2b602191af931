package io.namespend.exporter.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
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
  private final Map<Kind, Map<String, Optional<WorkloadObject>>> workloads =
      new EnumMap<>(Kind.class);
  private final List<VolumeFacts> volumes = new ArrayList<>();
  private final Map<String, Optional<Map<String, String>>> storageClasses = new HashMap<>();
  private final List<BalancerFacts> services = new ArrayList<>();
  private final List<BalancerFacts> ingresses = new ArrayList<>();
  private final List<LabelledObject> labelled = new ArrayList<>();
  private final Set<String> nodeLabels;
  private final LabelFilter workloadLabels;

  /** Keeps no labels of nodes and workloads. */
  public ClusterRecords() {
    this(Set.of(), Set.of());
  }

  /**
   * @param nodeLabels keys of the node labels to keep
   * @param workloadLabels keys of the labels to keep of workloads and their pods
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
    LabelledObject.of(object, workloadLabels).ifPresent(labelled::add);
    if (object instanceof io.fabric8.kubernetes.api.model.Node node) {
      nodes.add(NodeReader.read(node, nodeLabels));
    } else if (object instanceof io.fabric8.kubernetes.api.model.Namespace namespace) {
      namespaces.add(NamespaceReader.read(namespace));
    } else if (object instanceof io.fabric8.kubernetes.api.model.Pod pod) {
      PodFacts.of(pod, workloadLabels).ifPresent(pods::add);
    } else if (object instanceof Deployment) {
      addWorkload(Kind.DEPLOYMENTS, object);
    } else if (object instanceof ReplicaSet) {
      addWorkload(Kind.REPLICASETS, object);
    } else if (object instanceof StatefulSet) {
      addWorkload(Kind.STATEFULSETS, object);
    } else if (object instanceof DaemonSet) {
      addWorkload(Kind.DAEMONSETS, object);
    } else if (object instanceof Job) {
      addWorkload(Kind.JOBS, object);
    } else if (object instanceof CronJob) {
      addWorkload(Kind.CRONJOBS, object);
    } else if (object instanceof PersistentVolume volume) {
      VolumeFacts.of(volume).ifPresent(volumes::add);
    } else if (object instanceof StorageClass storageClass) {
      storageClasses.put(
          storageClass.getMetadata().getName(),
          Optional.of(StorageClassParameters.read(storageClass)));
    } else if (object instanceof Service service) {
      BalancerFacts.of(service).ifPresent(services::add);
    } else if (object instanceof Ingress ingress) {
      BalancerFacts.of(ingress).ifPresent(ingresses::add);
    }
  }

  private void addWorkload(Kind kind, HasMetadata object) {
    workloads
        .computeIfAbsent(kind, first -> new HashMap<>())
        .put(KubernetesJson.key(object), WorkloadObject.of(object.getMetadata(), workloadLabels));
  }

  public SurveyedCluster survey() {
    return new SurveyedCluster(snapshot(), labelled);
  }

  public ClusterSnapshot snapshot() {
    return snapshot(
        nodes,
        namespaces,
        pods,
        new Workloads(workloads),
        new Storage(volumes, storageClasses),
        LoadBalancers.of(services, ingresses),
        new ResolvedPods(new Copies()));
  }

  /**
   * Sorted, so that the same cluster always gives the same text.
   *
   * @param resolvedPods keeps them for the next one
   */
  static ClusterSnapshot snapshot(
      Collection<Node> nodes,
      Collection<Namespace> namespaces,
      Collection<PodFacts> pods,
      Workloads workloads,
      Storage storage,
      Stream<LoadBalancer> loadBalancers,
      ResolvedPods resolvedPods) {
    List<PodFacts> sorted = pods.stream().sorted(ResolvedPods.ORDER).toList();
    List<Pod> resolved = resolvedPods.of(sorted, workloads);
    return new ClusterSnapshot(
        withFargatePods(nodes, sorted).sorted(Comparator.comparing(Node::name)).toList(),
        namespaces(namespaces, resolved).sorted(Comparator.comparing(Namespace::name)).toList(),
        resolved,
        storage.volumes().sorted(Comparator.comparing(Volume::name)).toList(),
        loadBalancers
            .sorted(
                Comparator.comparing(LoadBalancer::namespace)
                    .thenComparing(LoadBalancer::service)
                    .thenComparing(LoadBalancer::ingress))
            .toList(),
        labelsOfWorkloads(sorted, resolved, workloads));
  }

  /** Where namespaces may not be read, those that pods name. */
  private static Stream<Namespace> namespaces(Collection<Namespace> known, List<Pod> pods) {
    return known.isEmpty()
        ? pods.stream().map(Pod::namespace).distinct().map(name -> new Namespace(name, Map.of()))
        : known.stream();
  }

  /**
   * A workload has the labels of its first pod: what its template says. Labels of the workload
   * object itself go over them.
   *
   * @param pods the same as {@code resolved}, in the same order
   */
  private static Map<Workload, Map<String, String>> labelsOfWorkloads(
      List<PodFacts> pods, List<Pod> resolved, Workloads workloads) {
    Map<Workload, Map<String, String>> labels = new HashMap<>();
    for (int i = 0; i < pods.size(); i++) {
      // Pods of a workload mostly stand together.
      if (i == 0 || !resolved.get(i).workload().equals(resolved.get(i - 1).workload())) {
        labels.putIfAbsent(resolved.get(i).workload(), pods.get(i).labels());
      }
    }
    labels.values().removeIf(Map::isEmpty);
    workloads
        .labels()
        .forEach((workload, own) -> labels.merge(workload, own, ClusterRecords::overlaid));
    return labels;
  }

  private static Map<String, String> overlaid(Map<String, String> below, Map<String, String> own) {
    Map<String, String> both = new HashMap<>(below);
    both.putAll(own);
    return Map.copyOf(both);
  }

  private static Stream<Node> withFargatePods(Collection<Node> nodes, List<PodFacts> pods) {
    Set<String> fargate =
        nodes.stream()
            .filter(node -> node.fargatePod().isPresent())
            .map(Node::name)
            .collect(Collectors.toSet());
    if (fargate.isEmpty()) {
      return nodes.stream();
    }
    Map<String, FargatePod> podOfNode = new HashMap<>();
    pods.stream()
        .filter(pod -> fargate.contains(pod.node()))
        .forEach(
            pod ->
                podOfNode.merge(
                    pod.node(),
                    new FargatePod(pod.request(), pod.fargateSize()),
                    FargatePod::plus));
    return nodes.stream()
        .map(
            node ->
                podOfNode.containsKey(node.name())
                    ? node.withFargatePod(podOfNode.get(node.name()))
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
}

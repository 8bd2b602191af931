package io.namespend.exporter.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.balancer.BalancerFacts;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.balancer.LoadBalancers;
import io.namespend.exporter.cluster.json.Copies;
import io.namespend.exporter.cluster.json.Fields;
import io.namespend.exporter.cluster.json.InvalidObjectException;
import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.json.KubernetesJson;
import io.namespend.exporter.cluster.json.LabelFilter;
import io.namespend.exporter.cluster.json.ObjectKey;
import io.namespend.exporter.cluster.node.ClaimFacts;
import io.namespend.exporter.cluster.node.DeviceClaims;
import io.namespend.exporter.cluster.node.FargatePod;
import io.namespend.exporter.cluster.node.InstanceTypes;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.NodeLabels;
import io.namespend.exporter.cluster.node.NodeReader;
import io.namespend.exporter.cluster.node.SliceFacts;
import io.namespend.exporter.cluster.node.VirtualNode;
import io.namespend.exporter.cluster.pod.DeviceRequests;
import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.cluster.pod.NamespaceReader;
import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.cluster.pod.PodFacts;
import io.namespend.exporter.cluster.pod.ResolvedPods;
import io.namespend.exporter.cluster.pod.WorkloadFolding;
import io.namespend.exporter.cluster.pod.WorkloadObject;
import io.namespend.exporter.cluster.pod.Workloads;
import io.namespend.exporter.cluster.store.KeyedRecords;
import io.namespend.exporter.cluster.store.MinuteRecords;
import io.namespend.exporter.cluster.volume.StorageClassParameters;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.cluster.volume.VolumeFacts;
import io.namespend.exporter.cluster.volume.VolumeShares;
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
  private final Map<Kind, KeyedRecords<WorkloadObject>> workloads = new EnumMap<>(Kind.class);
  private final List<VolumeFacts> volumes = new ArrayList<>();
  private final KeyedRecords<Map<String, String>> storageClasses = new KeyedRecords<>();
  private final List<BalancerFacts> services = new ArrayList<>();
  private final List<BalancerFacts> ingresses = new ArrayList<>();
  private final List<BalancerFacts> gateways = new ArrayList<>();
  private final List<ClaimFacts> claims = new ArrayList<>();
  private final List<SliceFacts> slices = new ArrayList<>();
  private final List<LabelledObject> labelled = new ArrayList<>();
  private final NodeLabels nodeLabels;
  private final LabelFilter workloadLabels;
  private final InstanceTypes instanceTypes;
  private final WorkloadFolding folding;

  /** Keeps no labels of nodes and workloads. */
  public ClusterRecords() {
    this(Set.of(), Set.of());
  }

  /**
   * @param keptNodeLabels keys of the node labels to keep
   * @param workloadLabels keys of the labels to keep of workloads and their pods
   */
  public ClusterRecords(Set<String> keptNodeLabels, Set<String> workloadLabels) {
    this(
        NodeLabels.keeping(keptNodeLabels),
        workloadLabels,
        InstanceTypes.UNKNOWN,
        WorkloadFolding.USUAL);
  }

  /**
   * @param workloadLabels keys of the labels to keep of workloads and their pods
   * @param instanceTypes for what nodes do not report
   * @param folding which one-off pods are one workload
   */
  public ClusterRecords(
      NodeLabels nodeLabels,
      Set<String> workloadLabels,
      InstanceTypes instanceTypes,
      WorkloadFolding folding) {
    this.instanceTypes = instanceTypes;
    this.folding = folding;
    this.nodeLabels = nodeLabels;
    this.workloadLabels = new LabelFilter(workloadLabels);
  }

  /**
   * Takes from an object what costs depend on; kinds that they do not depend on are left.
   *
   * @param object with its {@code kind}
   * @throws InvalidObjectException if it is not what its kind should be
   */
  public void add(JsonNode object) {
    Kind.named(Fields.text(object, "kind")).ifPresent(kind -> add(kind, object));
  }

  /**
   * @throws InvalidObjectException if it is not what its kind should be
   */
  public void add(Kind kind, JsonNode object) {
    KubernetesJson.read(
            object,
            kind,
            read -> {
              // First, so that an object is taken as a whole or not at all.
              Optional<LabelledObject> ofObject = LabelledObject.of(kind, read, workloadLabels);
              addTo(kind, read);
              return ofObject;
            })
        .ifPresent(labelled::add);
  }

  private void addTo(Kind kind, JsonNode object) {
    switch (kind) {
      case NODES -> nodes.add(NodeReader.read(object, nodeLabels, instanceTypes));
      case NAMESPACES -> namespaces.add(NamespaceReader.read(object));
      case PODS -> PodFacts.of(object, workloadLabels, folding).ifPresent(pods::add);
      case DEPLOYMENTS, REPLICASETS, STATEFULSETS, DAEMONSETS, JOBS, CRONJOBS ->
          workloads
              .computeIfAbsent(kind, first -> new KeyedRecords<>())
              .put(ObjectKey.of(object), WorkloadObject.of(object, workloadLabels));
      case PERSISTENTVOLUMES -> VolumeFacts.of(object).ifPresent(volumes::add);
      case STORAGECLASSES ->
          storageClasses.put(
              ObjectKey.of(object), Optional.of(StorageClassParameters.read(object)));
      case SERVICES -> BalancerFacts.ofService(object).ifPresent(services::add);
      case INGRESSES -> BalancerFacts.ofIngress(object).ifPresent(ingresses::add);
      case GATEWAYS -> BalancerFacts.ofGateway(object).ifPresent(gateways::add);
      case RESOURCECLAIMS -> ClaimFacts.of(object).ifPresent(claims::add);
      case RESOURCESLICES -> SliceFacts.of(object).ifPresent(slices::add);
    }
  }

  public SurveyedCluster survey() {
    return new SurveyedCluster(snapshot(), labelled);
  }

  public ClusterSnapshot snapshot() {
    List<PodFacts> sorted = new ArrayList<>(pods);
    sorted.sort(ResolvedPods.ORDER);
    return snapshot(
        nodes,
        namespaces,
        MinuteRecords.whole(sorted),
        new Workloads(workloads, 0, folding),
        new Storage(volumes, storageClasses).volumes(),
        LoadBalancers.of(services, Stream.concat(ingresses.stream(), gateways.stream())),
        new DeviceClaims(claims, slices),
        Presence.WHOLE,
        new ResolvedPods(new Copies()));
  }

  /**
   * Sorted, so that the same cluster always gives the same text.
   *
   * @param pods sorted already, as volumes and load balancers are
   * @param presence of what is paid by the hour
   * @param resolvedPods keeps them for the next one
   */
  static ClusterSnapshot snapshot(
      Collection<Node> nodes,
      Collection<Namespace> namespaces,
      MinuteRecords<PodFacts> pods,
      Workloads workloads,
      List<Volume> volumes,
      List<LoadBalancer> loadBalancers,
      DeviceClaims claims,
      Presence presence,
      ResolvedPods resolvedPods) {
    List<Node> machines = claims.withDevices(nodes);
    ResolvedPods.Resolved resolved =
        resolvedPods.of(pods, workloads, DeviceRequests.of(machines, claims.byPod()));
    return new ClusterSnapshot(
        withFargatePods(withRequests(machines, resolved.pods()), pods.records())
            .sorted(Comparator.comparing(Node::name))
            .toList(),
        namespaces(namespaces, resolved.pods())
            .sorted(Comparator.comparing(Namespace::name))
            .toList(),
        resolved.pods(),
        volumes,
        loadBalancers,
        resolved.labels(),
        presence);
  }

  /** Where namespaces may not be read, those that pods name. */
  private static Stream<Namespace> namespaces(Collection<Namespace> known, List<Pod> pods) {
    return known.isEmpty()
        ? pods.stream().map(Pod::namespace).distinct().map(name -> new Namespace(name, Map.of()))
        : known.stream();
  }

  /** What runs on a virtual node is all that there is of it. */
  private static List<Node> withRequests(List<Node> nodes, List<Pod> pods) {
    Map<String, VirtualNode> virtual = new HashMap<>();
    for (Node node : nodes) {
      node.virtual().ifPresent(empty -> virtual.put(node.name(), empty));
    }
    if (virtual.isEmpty()) {
      return nodes;
    }
    for (Pod pod : pods) {
      virtual.computeIfPresent(pod.node(), (name, node) -> node.plus(pod.request()));
    }
    return nodes.stream()
        .map(
            node ->
                virtual.containsKey(node.name())
                    ? node.withVirtual(virtual.get(node.name()))
                    : node)
        .toList();
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
  record Storage(Collection<VolumeFacts> facts, KeyedRecords<Map<String, String>> classParameters) {
    /** Sorted by name. */
    List<Volume> volumes() {
      VolumeShares shares = new VolumeShares(facts);
      return facts.stream()
          .map(volume -> volume.with(parameters(volume.storageClass()), shares.of(volume)))
          .sorted(Comparator.comparing(Volume::name))
          .toList();
    }

    private Optional<Map<String, String>> parameters(String storageClass) {
      Optional<Map<String, String>> known = classParameters.get("", storageClass);
      return known == null ? Optional.empty() : known;
    }
  }
}

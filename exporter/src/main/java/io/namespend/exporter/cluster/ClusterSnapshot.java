package io.namespend.exporter.cluster;

import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.cluster.volume.Volume;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The cluster at one moment, or in one minute: then pods have the means of what they requested.
 *
 * @param workloads those that have pods, with those of their labels that were asked for
 * @param presence how much of the minute what is paid by the hour was there
 */
public record ClusterSnapshot(
    List<Node> nodes,
    List<Namespace> namespaces,
    List<Pod> pods,
    List<Volume> volumes,
    List<LoadBalancer> loadBalancers,
    Map<Workload, Map<String, String>> workloads,
    Presence presence) {
  public static final ClusterSnapshot EMPTY = new ClusterSnapshot(List.of(), List.of(), List.of());

  public ClusterSnapshot {
    nodes = List.copyOf(nodes);
    namespaces = List.copyOf(namespaces);
    pods = List.copyOf(pods);
    volumes = List.copyOf(volumes);
    loadBalancers = List.copyOf(loadBalancers);
    workloads = Map.copyOf(workloads);
  }

  /** A cluster at one moment. */
  public ClusterSnapshot(
      List<Node> nodes,
      List<Namespace> namespaces,
      List<Pod> pods,
      List<Volume> volumes,
      List<LoadBalancer> loadBalancers,
      Map<Workload, Map<String, String>> workloads) {
    this(nodes, namespaces, pods, volumes, loadBalancers, workloads, Presence.WHOLE);
  }

  /** A cluster without labels of workloads. */
  public ClusterSnapshot(
      List<Node> nodes,
      List<Namespace> namespaces,
      List<Pod> pods,
      List<Volume> volumes,
      List<LoadBalancer> loadBalancers) {
    this(
        nodes,
        namespaces,
        pods,
        volumes,
        loadBalancers,
        pods.stream()
            .map(Pod::workload)
            .distinct()
            .collect(Collectors.toMap(workload -> workload, workload -> Map.of())));
  }

  /** A cluster without volumes and load balancers. */
  public ClusterSnapshot(List<Node> nodes, List<Namespace> namespaces, List<Pod> pods) {
    this(nodes, namespaces, pods, List.of(), List.of());
  }

  /** This cluster with only the nodes that are machines. */
  public ClusterSnapshot withoutVirtualNodes() {
    return nodes.stream().allMatch(node -> node.virtual().isEmpty())
        ? this
        : new ClusterSnapshot(
            nodes.stream().filter(node -> node.virtual().isEmpty()).toList(),
            namespaces,
            pods,
            volumes,
            loadBalancers,
            workloads,
            presence);
  }

  public ClusterPlace place() {
    return ClusterPlace.of(nodes);
  }
}

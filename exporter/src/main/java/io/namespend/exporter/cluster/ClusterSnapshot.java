package io.namespend.exporter.cluster;

import java.util.List;

/** The cluster at one moment. */
public record ClusterSnapshot(
    List<Node> nodes,
    List<Namespace> namespaces,
    List<Pod> pods,
    List<Volume> volumes,
    List<LoadBalancer> loadBalancers) {
  public static final ClusterSnapshot EMPTY = new ClusterSnapshot(List.of(), List.of(), List.of());

  public ClusterSnapshot {
    nodes = List.copyOf(nodes);
    namespaces = List.copyOf(namespaces);
    pods = List.copyOf(pods);
    volumes = List.copyOf(volumes);
    loadBalancers = List.copyOf(loadBalancers);
  }

  /** A cluster without volumes and load balancers. */
  public ClusterSnapshot(List<Node> nodes, List<Namespace> namespaces, List<Pod> pods) {
    this(nodes, namespaces, pods, List.of(), List.of());
  }

  public ClusterPlace place() {
    return ClusterPlace.of(nodes);
  }
}

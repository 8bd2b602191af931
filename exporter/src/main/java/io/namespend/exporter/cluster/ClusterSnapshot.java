package io.namespend.exporter.cluster;

import java.util.List;

/** The cluster at one moment. */
public record ClusterSnapshot(List<Node> nodes, List<Namespace> namespaces, List<Pod> pods) {
  public static final ClusterSnapshot EMPTY = new ClusterSnapshot(List.of(), List.of(), List.of());

  public ClusterSnapshot {
    nodes = List.copyOf(nodes);
    namespaces = List.copyOf(namespaces);
    pods = List.copyOf(pods);
  }
}

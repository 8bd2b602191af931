package io.namespend.testbed.simulation;

import java.util.List;

/**
 * All that ever is in the cluster. Deterministic: the same plan gives the same cluster.
 *
 * @param pods in order of their start
 */
public record SimulatedCluster(
    List<SimNamespace> namespaces, List<SimNode> nodes, List<SimPod> pods) {
  public SimulatedCluster {
    namespaces = List.copyOf(namespaces);
    nodes = List.copyOf(nodes);
    pods = List.copyOf(pods);
  }

  public List<SimNode> nodesAt(long second) {
    return nodes.stream().filter(node -> node.aliveAt(second)).toList();
  }

  /** The pods that the API server knows, finished and pending ones included. */
  public List<SimPod> podsAt(long second) {
    return pods.stream().filter(pod -> pod.existsAt(second)).toList();
  }
}

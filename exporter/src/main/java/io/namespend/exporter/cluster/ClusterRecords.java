package io.namespend.exporter.cluster;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The records of one moment, before workloads are resolved. */
final class ClusterRecords {
  private ClusterRecords() {}

  /** Sorted, so that the same cluster always gives the same text. */
  static ClusterSnapshot snapshot(
      Collection<Node> nodes,
      Collection<Namespace> namespaces,
      Collection<PodFacts> pods,
      Workloads workloads) {
    List<Pod> resolved =
        pods.stream()
            .map(
                pod ->
                    new Pod(
                        pod.namespace(), pod.name(), pod.node(), workloads.of(pod), pod.request()))
            .sorted(Comparator.comparing(Pod::namespace).thenComparing(Pod::name))
            .toList();
    return new ClusterSnapshot(
        nodes.stream().sorted(Comparator.comparing(Node::name)).toList(),
        namespaces.stream().sorted(Comparator.comparing(Namespace::name)).toList(),
        resolved);
  }
}

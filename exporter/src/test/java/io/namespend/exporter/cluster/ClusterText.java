package io.namespend.exporter.cluster;

import io.namespend.exporter.cluster.pod.Pod;
import java.util.stream.Collectors;

/** A snapshot for people. */
final class ClusterText {
  private ClusterText() {}

  static String of(ClusterSnapshot snapshot) {
    return snapshot.nodes().stream()
            .map(node -> "node %s %s\n".formatted(node.name(), node.instanceType()))
            .collect(Collectors.joining())
        + snapshot.namespaces().stream()
            .map(namespace -> "namespace %s\n".formatted(namespace.name()))
            .collect(Collectors.joining())
        + snapshot.pods().stream().map(ClusterText::of).collect(Collectors.joining());
  }

  private static String of(Pod pod) {
    return "pod %s on %s: %s/%s asks for %s cores\n"
        .formatted(
            pod.name(),
            pod.node(),
            pod.workload().type(),
            pod.workload().name(),
            pod.request().cpuCores());
  }
}

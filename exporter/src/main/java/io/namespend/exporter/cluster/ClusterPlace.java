package io.namespend.exporter.cluster;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.cluster.node.Distribution;
import io.namespend.exporter.cluster.node.KubernetesVersion;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Provider;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where a cluster runs: what most of its nodes say. For objects that do not say it themselves.
 *
 * @param region empty where no node tells
 * @param version the newest that a node has; the control plane has this one or a newer one
 */
public record ClusterPlace(
    Provider provider, String region, Distribution distribution, KubernetesVersion version) {
  public ClusterPlace {
    requireNonNull(provider, "provider");
    requireNonNull(region, "region");
    requireNonNull(distribution, "distribution");
    requireNonNull(version, "version");
  }

  /** A cluster of unknown version. */
  public ClusterPlace(Provider provider, String region, Distribution distribution) {
    this(provider, region, distribution, KubernetesVersion.UNKNOWN);
  }

  static ClusterPlace of(List<Node> all) {
    // A node without a machine is nowhere.
    List<Node> nodes = all.stream().filter(node -> node.virtual().isEmpty()).toList();
    Distribution distribution = most(nodes, Node::distribution, Distribution.OTHER);
    return new ClusterPlace(
        most(nodes, Node::provider, Provider.OTHER),
        most(nodes, Node::region, ""),
        distribution,
        nodes.stream()
            .filter(node -> node.distribution() == distribution)
            .map(Node::kubelet)
            .max(Comparator.naturalOrder())
            .orElse(KubernetesVersion.UNKNOWN));
  }

  /** Of equally frequent values the smallest, so that the answer does not flap. */
  private static <T extends Comparable<T>> T most(
      List<Node> nodes, Function<Node, T> property, T none) {
    Map<T, Long> counts =
        nodes.stream().collect(Collectors.groupingBy(property, Collectors.counting()));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<T, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.<T>reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse(none);
  }
}

package io.namespend.exporter.price;

import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.pod.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is requested on a node counts at most what the node has. Pods take of it in the order in
 * which they were scheduled, as the kubelet admits them: one that comes later, however much it
 * requests, takes nothing of what others have. Those of the same second, or without a time, are
 * scaled down alike.
 */
public final class NodeCeilings {
  /** Sums of the same amounts in another order differ by less. */
  private static final double ROUNDING = 1 + 1e-9;

  private final Map<String, Resources> capacities = new HashMap<>();

  public NodeCeilings(List<PricedNode> nodes) {
    nodes.forEach(
        node -> capacities.put(node.node().name(), node.capacity().times(node.presence())));
  }

  /** The same list if nothing is too much. */
  public List<Pod> applied(List<Pod> pods) {
    Map<String, Resources> requested = new HashMap<>();
    for (Pod pod : pods) {
      requested.merge(pod.node(), pod.request(), Resources::plus);
    }
    Map<String, List<Pod>> exceeded = new HashMap<>();
    requested.forEach(
        (node, sum) -> {
          Resources capacity = capacities.get(node);
          if (capacity != null && exceeds(sum, capacity)) {
            exceeded.put(node, new ArrayList<>());
          }
        });
    if (exceeded.isEmpty()) {
      return pods;
    }
    for (Pod pod : pods) {
      List<Pod> onNode = exceeded.get(pod.node());
      if (onNode != null) {
        onNode.add(pod);
      }
    }
    IdentityHashMap<Pod, Pod> counted = new IdentityHashMap<>();
    exceeded.forEach(
        (node, onNode) -> fill(capacities.getOrDefault(node, Resources.NONE), onNode, counted));
    return pods.stream().map(pod -> counted.getOrDefault(pod, pod)).toList();
  }

  private static void fill(Resources capacity, List<Pod> pods, IdentityHashMap<Pod, Pod> counted) {
    TreeMap<Long, List<Pod>> bySecond = new TreeMap<>();
    pods.forEach(pod -> bySecond.computeIfAbsent(pod.since(), first -> new ArrayList<>()).add(pod));
    Resources left = capacity;
    for (List<Pod> together : bySecond.values()) {
      Resources sum = together.stream().map(Pod::request).reduce(Resources.NONE, Resources::plus);
      double cpu = part(sum.cpuCores(), left.cpuCores());
      double memory = part(sum.memoryBytes(), left.memoryBytes());
      double gpus = part(sum.gpus(), left.gpus());
      for (Pod pod : together) {
        Resources request = pod.request();
        counted.put(
            pod,
            pod.requesting(
                new Resources(
                    request.cpuCores() * cpu,
                    request.memoryBytes() * memory,
                    request.gpus() * gpus)));
      }
      left =
          new Resources(
              Math.max(0, left.cpuCores() - sum.cpuCores()),
              Math.max(0, left.memoryBytes() - sum.memoryBytes()),
              Math.max(0, left.gpus() - sum.gpus()));
    }
  }

  private static double part(double requested, double left) {
    return requested > left ? left / requested : 1;
  }

  private static boolean exceeds(Resources sum, Resources capacity) {
    return sum.cpuCores() > capacity.cpuCores() * ROUNDING
        || sum.memoryBytes() > capacity.memoryBytes() * ROUNDING
        || sum.gpus() > capacity.gpus() * ROUNDING;
  }
}

package io.namespend.exporter.price;

import io.namespend.exporter.cluster.Pod;
import io.namespend.exporter.cluster.Resources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is requested on a node counts at most what the node has. Pods take of it in the order in
 * which they were scheduled, as the kubelet admits them: one that comes later, however much it
 * requests, takes nothing of what others have.
 */
public final class NodeCeilings {
  /** Sums of the same amounts in another order differ by less. */
  private static final double ROUNDING = 1 + 1e-9;

  private static final Comparator<Pod> ORDER =
      Comparator.comparingLong(Pod::since).thenComparing(Pod::namespace).thenComparing(Pod::name);

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
    pods.sort(ORDER);
    double cpu = capacity.cpuCores();
    double memory = capacity.memoryBytes();
    double gpus = capacity.gpus();
    for (Pod pod : pods) {
      Resources request = pod.request();
      Resources taken =
          new Resources(
              Math.min(request.cpuCores(), cpu),
              Math.min(request.memoryBytes(), memory),
              Math.min(request.gpus(), gpus));
      cpu -= taken.cpuCores();
      memory -= taken.memoryBytes();
      gpus -= taken.gpus();
      counted.put(pod, pod.requesting(taken));
    }
  }

  private static boolean exceeds(Resources sum, Resources capacity) {
    return sum.cpuCores() > capacity.cpuCores() * ROUNDING
        || sum.memoryBytes() > capacity.memoryBytes() * ROUNDING
        || sum.gpus() > capacity.gpus() * ROUNDING;
  }
}

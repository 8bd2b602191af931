package io.namespend.exporter.price;

import io.namespend.exporter.cluster.Pod;
import io.namespend.exporter.cluster.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is requested on a node counts at most what the node has. Where it is more, each of its pods
 * counts the same part less; pods of other nodes are not touched.
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
    Map<String, Sum> requested = new HashMap<>();
    for (Pod pod : pods) {
      requested.computeIfAbsent(pod.node(), first -> new Sum()).add(pod.request());
    }
    Map<String, Sum> exceeded = new HashMap<>();
    requested.forEach(
        (node, sum) -> {
          Resources capacity = capacities.get(node);
          if (capacity != null && sum.exceeds(capacity)) {
            sum.scaleTo(capacity);
            exceeded.put(node, sum);
          }
        });
    if (exceeded.isEmpty()) {
      return pods;
    }
    List<Pod> counted = new ArrayList<>(pods.size());
    for (Pod pod : pods) {
      Sum sum = exceeded.get(pod.node());
      counted.add(sum == null ? pod : pod.requesting(sum.part(pod.request())));
    }
    return counted;
  }

  /** What the pods of a node request; after it was scaled, the parts of it that count. */
  private static final class Sum {
    private double cpu;
    private double memory;
    private double gpus;

    void add(Resources request) {
      cpu += request.cpuCores();
      memory += request.memoryBytes();
      gpus += request.gpus();
    }

    boolean exceeds(Resources capacity) {
      return cpu > capacity.cpuCores() * ROUNDING
          || memory > capacity.memoryBytes() * ROUNDING
          || gpus > capacity.gpus() * ROUNDING;
    }

    void scaleTo(Resources capacity) {
      cpu = part(cpu, capacity.cpuCores());
      memory = part(memory, capacity.memoryBytes());
      gpus = part(gpus, capacity.gpus());
    }

    Resources part(Resources request) {
      return new Resources(
          request.cpuCores() * cpu, request.memoryBytes() * memory, request.gpus() * gpus);
    }

    private static double part(double requested, double capacity) {
      return requested > capacity * ROUNDING ? capacity / requested : 1;
    }
  }
}

package io.namespend.testbed.model;

import io.namespend.testbed.model.Scenario.Container;
import io.namespend.testbed.model.Scenario.Node;
import io.namespend.testbed.model.Scenario.Pod;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What counts of a pod's requests: at most what the pods scheduled before it left of the node. */
public record Counted(double cores, double gib, double gpus) {
  /**
   * @param pods of the node, in the order in which they were scheduled
   */
  public static IdentityHashMap<Pod, Counted> of(Node node, List<Pod> pods) {
    IdentityHashMap<Pod, Counted> counted = new IdentityHashMap<>();
    double cores = node.capacity().cores();
    double gib = node.capacity().gib();
    double gpus = node.capacity().gpus();
    for (Pod pod : pods) {
      Counted of =
          new Counted(
              Math.min(cores, sum(pod, container -> container.request().cores())),
              Math.min(gib, sum(pod, container -> container.request().gib())),
              Math.min(gpus, sum(pod, container -> container.request().gpus())));
      cores -= of.cores;
      gib -= of.gib;
      gpus -= of.gpus;
      counted.put(pod, of);
    }
    return counted;
  }

  private static double sum(Pod pod, ToDoubleFunction<Container> amount) {
    return pod.containers().stream().mapToDouble(amount).sum();
  }
}

package io.namespend.exporter.price;

import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import java.util.Optional;
import java.util.function.Function;

/** What a node's price is spread over. */
public final class NodeCapacity {
  /** Assumed of a node that neither reports a capacity nor has a known type: an m5.large. */
  private static final Resources ASSUMED = Resources.ofGib(2, 8, 0);

  private final Function<String, Optional<Resources>> instanceTypes;

  /**
   * @param instanceTypes what a type of that name has, where it is known
   */
  public NodeCapacity(Function<String, Optional<Resources>> instanceTypes) {
    this.instanceTypes = instanceTypes;
  }

  /** What a type of that name has; empty if that is not known. */
  public Optional<Resources> ofType(String instanceType) {
    return instanceTypes.apply(instanceType);
  }

  /** Some CPU and some memory at least; of a virtual node what its pods request, maybe nothing. */
  public Resources of(Node node) {
    if (node.virtual().isPresent()) {
      return node.virtual().get().requested();
    }
    if (node.fargatePod().isPresent()) {
      return FargateSize.billed(node.fargatePod().get());
    }
    Resources reported = node.capacity();
    return reported.cpuCores() > 0 && reported.memoryBytes() > 0
        ? reported
        : reported.max(instanceTypes.apply(node.instanceType()).orElse(ASSUMED));
  }

  /**
   * What the node says; all of a Fargate or virtual node, whose pods have all that is paid for, and
   * all of what the node does not report and is assumed to have.
   */
  Resources allocatable(Node node) {
    Resources capacity = of(node);
    if (node.fargatePod().isPresent() || node.virtual().isPresent()) {
      return capacity;
    }
    Resources reported = node.capacity();
    Resources allocatable = node.allocatable();
    return new Resources(
        orAssumed(reported.cpuCores(), allocatable.cpuCores(), capacity.cpuCores()),
        orAssumed(reported.memoryBytes(), allocatable.memoryBytes(), capacity.memoryBytes()),
        orAssumed(reported.gpus(), allocatable.gpus(), capacity.gpus()));
  }

  private static double orAssumed(double reported, double allocatable, double assumed) {
    return reported == 0 && allocatable == 0 ? assumed : allocatable;
  }
}

package io.namespend.exporter.price;

import io.namespend.exporter.cluster.Node;
import io.namespend.exporter.cluster.Resources;
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

  /** Some CPU and some memory at least. */
  public Resources of(Node node) {
    if (node.fargatePod().isPresent()) {
      return FargateSize.billed(node.fargatePod().get());
    }
    Resources reported = node.capacity();
    return reported.cpuCores() > 0 && reported.memoryBytes() > 0
        ? reported
        : reported.max(instanceTypes.apply(node.instanceType()).orElse(ASSUMED));
  }

  /** The capacity of a Fargate node, where one pod has all, and of a node that reports nothing. */
  Resources allocatable(Node node) {
    return node.fargatePod().isPresent() || node.allocatable().equals(Resources.NONE)
        ? of(node)
        : node.allocatable();
  }
}

package io.namespend.exporter.cluster.node;

import java.util.Map;

/**
 * How much of a GPU or other accelerator one unit of a resource is on a node.
 *
 * @param ofUnit by resource name, where it is not what the name says: most nodes have none
 * @param isGuessed whether nobody told how many devices the node has
 */
public record DeviceShares(Map<String, Double> ofUnit, boolean isGuessed) {
  /** Each unit is what its name says. */
  public static final DeviceShares PLAIN = new DeviceShares(Map.of(), false);

  public DeviceShares {
    ofUnit = Map.copyOf(ofUnit);
  }

  /** Devices in what is requested of the node. */
  public double devices(Map<String, Double> requested) {
    return AcceleratorResource.devices(requested, this::of);
  }

  private double of(String resource) {
    Double share = ofUnit.get(resource);
    return share == null
        ? AcceleratorResource.named(resource).map(AcceleratorResource::share).orElse(0.0)
        : share;
  }
}

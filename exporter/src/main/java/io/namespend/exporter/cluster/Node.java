package io.namespend.exporter.cluster;

import static java.util.Objects.requireNonNull;

/**
 * A node, with what its price depends on. A fact that the cluster does not tell is an empty string.
 *
 * @param capacity all zero where the node reports none
 */
public record Node(
    String name,
    String instanceType,
    String region,
    String zone,
    String arch,
    String providerId,
    CapacityType capacityType,
    Resources capacity,
    Resources allocatable) {
  public Node {
    requireNonNull(name, "name");
    requireNonNull(instanceType, "instanceType");
    requireNonNull(region, "region");
    requireNonNull(zone, "zone");
    requireNonNull(arch, "arch");
    requireNonNull(providerId, "providerId");
    requireNonNull(capacityType, "capacityType");
    requireNonNull(capacity, "capacity");
    requireNonNull(allocatable, "allocatable");
  }

  public Provider provider() {
    return Provider.ofProviderId(providerId);
  }
}

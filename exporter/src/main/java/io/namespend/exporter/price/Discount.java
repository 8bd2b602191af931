package io.namespend.exporter.price;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Provider;
import io.namespend.exporter.settings.Wildcard;
import java.util.Optional;

/**
 * A percentage off list prices. A condition that is empty always holds. One that names a capacity
 * type or an instance type concerns nodes only.
 *
 * @param instanceType may contain {@code *}
 * @param percent 0 to 100
 */
public record Discount(
    Optional<CapacityType> capacityType,
    Optional<Provider> provider,
    Optional<Wildcard> instanceType,
    Optional<Wildcard> region,
    double percent) {
  public Discount {
    requireNonNull(capacityType, "capacityType");
    requireNonNull(provider, "provider");
    requireNonNull(instanceType, "instanceType");
    requireNonNull(region, "region");
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException("discount of " + percent + " percent; allowed: 0 to 100");
    }
  }

  /** A spot price is a market price: only a discount that says {@code spot} touches it. */
  boolean appliesTo(Node node, PriceBasis basis) {
    boolean basisFits =
        switch (basis) {
          case LIST -> true;
          case SPOT -> capacityType.equals(Optional.of(CapacityType.SPOT));
          case BILLED, AGREED -> false;
        };
    return basisFits
        && capacityType.map(type -> type == node.capacityType()).orElse(true)
        && instanceType.map(type -> type.matches(node.instanceType())).orElse(true)
        && holdsIn(node.provider(), node.region());
  }

  /** For anything that is no node. */
  boolean appliesTo(Provider where, String whichRegion, PriceBasis basis) {
    return basis == PriceBasis.LIST
        && capacityType.isEmpty()
        && instanceType.isEmpty()
        && holdsIn(where, whichRegion);
  }

  private boolean holdsIn(Provider where, String whichRegion) {
    return provider.map(wanted -> wanted == where).orElse(true)
        && region.map(wanted -> wanted.matches(whichRegion)).orElse(true);
  }
}

package io.namespend.exporter.price.list;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Looks up items in a region, and where allowed in another one: a type's price in a neighbour
 * region is a better guess than a rate per vCPU.
 *
 * @param referenceRegion empty if only the exact region counts
 */
record RegionalPrices(ItemPrices items, Optional<String> referenceRegion) {
  /**
   * @param exact whether it is the price of the region that was asked for
   */
  record Found(double price, boolean exact) {
    Found times(double factor) {
      return new Found(price * factor, exact);
    }

    Found plus(Found other) {
      return new Found(price + other.price, exact && other.exact);
    }
  }

  Optional<Found> find(String item, String region) {
    OptionalDouble price = items.price(item, region);
    if (price.isPresent()) {
      return Optional.of(new Found(price.getAsDouble(), true));
    }
    OptionalDouble elsewhere =
        referenceRegion
            .map(reference -> items.price(item, reference))
            .orElse(OptionalDouble.empty());
    return elsewhere.isPresent()
        ? Optional.of(new Found(elsewhere.getAsDouble(), false))
        : Optional.empty();
  }
}

package io.namespend.exporter.price.list;

import io.namespend.exporter.price.EstimateReason;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Looks up items in a region, and where allowed in another one: a type's price in another region,
 * times what similar types cost more there, is a better guess than a rate per vCPU.
 *
 * @param referenceRegion empty if only the exact region counts
 */
record RegionalPrices(ItemPrices items, Optional<String> referenceRegion) {
  /**
   * A price.
   *
   * @param doubts why it is not exactly what was asked for
   */
  record Found(double price, Set<EstimateReason> doubts) {
    /**
     * @param exact whether it is the price of the region that was asked for
     */
    Found(double price, boolean exact) {
      this(price, exact ? Set.of() : Set.of(EstimateReason.REGION));
    }

    boolean exact() {
      return doubts.isEmpty();
    }

    Found times(double factor) {
      return new Found(price * factor, doubts);
    }

    Found plus(Found other) {
      return new Found(price + other.price, union(other.doubts));
    }

    /** An amount that is not doubted more than the rest. */
    Found plus(double amount) {
      return new Found(price + amount, doubts);
    }

    Found doubted(EstimateReason reason) {
      return new Found(price, union(Set.of(reason)));
    }

    private Set<EstimateReason> union(Set<EstimateReason> others) {
      if (others.isEmpty()) {
        return doubts;
      }
      EnumSet<EstimateReason> all = EnumSet.copyOf(others);
      all.addAll(doubts);
      return all;
    }
  }

  /** The price of exactly this item in exactly this place. */
  Optional<Found> listed(String item, String place) {
    OptionalDouble price = items.price(item, place);
    return price.isPresent() ? Optional.of(new Found(price.getAsDouble(), true)) : Optional.empty();
  }

  Optional<Found> find(String item, String region) {
    Optional<Found> listed = listed(item, region);
    if (listed.isPresent()) {
      return listed;
    }
    OptionalDouble elsewhere =
        referenceRegion
            .map(reference -> items.price(item, reference))
            .orElse(OptionalDouble.empty());
    return elsewhere.isPresent()
        ? Optional.of(new Found(elsewhere.getAsDouble() * items.regionFactor(item, region), false))
        : Optional.empty();
  }
}

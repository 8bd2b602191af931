package io.namespend.exporter.price.list;

import java.util.OptionalDouble;

/** Prices of a first source, and of a second where the first knows none. */
public record FirstKnownPrices(ItemPrices first, ItemPrices second) implements ItemPrices {
  @Override
  public OptionalDouble price(String item, String place) {
    OptionalDouble price = first.price(item, place);
    return price.isPresent() ? price : second.price(item, place);
  }

  @Override
  public ItemPrices snapshot() {
    return new FirstKnownPrices(first.snapshot(), second.snapshot());
  }
}

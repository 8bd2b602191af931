package io.namespend.exporter.price.list;

import java.util.OptionalDouble;

/** Single prices as a provider lists them. */
public interface ItemPrices {
  /**
   * @param item such as {@code m5.large} or {@code ebs_gp3_storage}; compares without case
   * @param place compares without case: a region; a zone for a spot price of AWS
   */
  OptionalDouble price(String item, String place);

  /** These prices as they are now, which no refresh changes; the same object if nothing does. */
  default ItemPrices snapshot() {
    return this;
  }

  /**
   * How many times as much as in the reference region the item probably costs in a region that has
   * no price for it.
   */
  default double regionFactor(String item, String region) {
    return 1;
  }
}

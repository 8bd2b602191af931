package io.namespend.exporter.price.list;

import io.namespend.exporter.price.EstimateReason;
import io.namespend.exporter.price.PriceBasis;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.list.RegionalPrices.Found;

/**
 * Words quotes of one source.
 *
 * @param source as in {@code price_source}
 */
record ListQuotes(String source) {
  /**
   * Spot costs between 30 and 50 percent of on-demand in most places; where the price of the hour
   * is not known, this is a guess and marked as one.
   */
  static final double SPOT_SHARE_OF_ON_DEMAND = 0.4;

  Quote list(Found found) {
    return found.exact()
        ? Quote.known(found.price(), source, PriceBasis.LIST)
        : Quote.estimate(
            found.price(), source + "-region-estimate", PriceBasis.LIST, EstimateReason.REGION);
  }

  Quote spot(Found found) {
    return found.exact()
        ? Quote.known(found.price(), source + "-spot", PriceBasis.SPOT)
        : Quote.estimate(
            found.price(), source + "-region-estimate", PriceBasis.SPOT, EstimateReason.REGION);
  }

  Quote spotGuess(Found onDemand) {
    return Quote.estimate(
        onDemand.price() * SPOT_SHARE_OF_ON_DEMAND,
        source + "-spot-estimate",
        PriceBasis.SPOT,
        EstimateReason.SPOT);
  }
}

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
    return new Quote(found.price(), source(found, ""), PriceBasis.LIST, found.doubts());
  }

  Quote spot(Found found) {
    return new Quote(found.price(), source(found, "-spot"), PriceBasis.SPOT, found.doubts());
  }

  Quote spotGuess(Found onDemand) {
    return spot(spotShare(onDemand));
  }

  /** What spare capacity of a machine probably costs. */
  static Found spotShare(Found onDemand) {
    return onDemand.times(SPOT_SHARE_OF_ON_DEMAND).doubted(EstimateReason.SPOT);
  }

  private String source(Found found, String known) {
    if (found.exact()) {
      return source + known;
    }
    if (found.doubts().contains(EstimateReason.SPOT)) {
      return source + "-spot-estimate";
    }
    return source
        + (found.doubts().contains(EstimateReason.REGION) ? "-region-estimate" : "-estimate");
  }
}

package io.namespend.exporter.price;

import static java.util.Objects.requireNonNull;

/**
 * What a source says a whole node costs.
 *
 * @param hourly currency per hour
 * @param source where the price comes from, as shown in the label {@code price_source}
 * @param estimated whether the price is a guess; such nodes are counted in {@code
 *     namespend_nodes_fallback_priced}
 */
public record NodeQuote(double hourly, String source, boolean estimated) {
  public NodeQuote {
    requireNonNull(source, "source");
    if (!(hourly >= 0) || Double.isInfinite(hourly)) {
      throw new IllegalArgumentException(
          "%s gives %s per hour; a price must be a finite number, not below 0"
              .formatted(source, hourly));
    }
  }
}

package io.namespend.exporter.price.currency;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What a price in another currency is worth, from a moment on.
 *
 * @param from ISO 4217 code of the other currency
 * @param rate what one unit of it is in the policy's currency
 */
public record ExchangeRate(String from, double rate, Instant since) {
  public ExchangeRate {
    requireNonNull(from, "from");
    requireNonNull(since, "since");
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(
          "the rate of %s is %s; it must be a finite number above 0".formatted(from, rate));
    }
  }
}

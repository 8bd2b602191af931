package io.namespend.exporter.price.currency;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The exchange rates of a policy, of the past, now and planned.
 *
 * @param currency of the policy, into which all of them convert
 */
public record ExchangeRates(String currency, List<ExchangeRate> rates) {
  public ExchangeRates {
    requireNonNull(currency, "currency");
    rates = List.copyOf(rates);
  }

  /** The newest rate of each currency that has begun. */
  public RatesInForce at(Instant now) {
    Map<String, ExchangeRate> newest = new TreeMap<>();
    for (ExchangeRate rate : rates) {
      if (!rate.since().isAfter(now)) {
        newest.merge(
            rate.from(), rate, (one, other) -> other.since().isAfter(one.since()) ? other : one);
      }
    }
    return new RatesInForce(currency, newest);
  }
}

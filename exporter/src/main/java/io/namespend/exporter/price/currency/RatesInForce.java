package io.namespend.exporter.price.currency;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * By what prices of other currencies are multiplied at one moment.
 *
 * @param currency of the policy
 * @param byCurrency the rate of each other currency that has one
 */
public record RatesInForce(String currency, Map<String, ExchangeRate> byCurrency) {
  public RatesInForce {
    requireNonNull(currency, "currency");
    byCurrency = Map.copyOf(byCurrency);
  }

  /** Where nothing is converted. */
  public static RatesInForce none(String currency) {
    return new RatesInForce(currency, Map.of());
  }

  /** What to do about a price without a factor. */
  public String remedy() {
    return "the policy's currency is %s; convert the price, or write its rate into prices.exchangeRates"
        .formatted(currency);
  }

  /**
   * What one unit of the currency, in any case, is in the policy's: 1 of that itself, empty if
   * nobody said it. A price without a factor must not be published.
   */
  public OptionalDouble factor(String written) {
    String from = written.toUpperCase(Locale.ROOT);
    if (from.equals(currency)) {
      return OptionalDouble.of(1);
    }
    ExchangeRate rate = byCurrency.get(from);
    return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate.rate());
  }
}

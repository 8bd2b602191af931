package io.namespend.exporter.policy.file;

import io.namespend.exporter.price.currency.ExchangeRate;
import io.namespend.exporter.price.currency.ExchangeRates;
import io.namespend.exporter.price.currency.SourceCurrency;
import io.namespend.exporter.price.settings.PriceSettings;
import io.namespend.foundation.settings.Constant;
import io.namespend.foundation.settings.Section;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads exchange rates, and sees to it that no price needs one that is not there. */
final class ExchangeRateReader {
  /** Keeps a rate that was typed wrong from becoming an infinite price. */
  private static final double MOST = 1e9;

  private final String currency;

  /**
   * @param currency of the policy
   */
  ExchangeRateReader(String currency) {
    this.currency = currency;
  }

  ExchangeRates read(Section prices) {
    List<ExchangeRate> rates = new ArrayList<>();
    Set<Object> begins = new HashSet<>();
    for (Section section : prices.sections("exchangeRates")) {
      Optional<ExchangeRate> rate = rate(section);
      if (rate.isPresent() && !begins.add(List.of(rate.get().from(), rate.get().since()))) {
        section.problem(
            "since",
            "another rate of %s begins at the same moment; keep one".formatted(rate.get().from()));
      }
      rate.ifPresent(rates::add);
    }
    return new ExchangeRates(currency, rates);
  }

  private Optional<ExchangeRate> rate(Section section) {
    Optional<String> from = section.parsed("from", PolicyReader::currency);
    from.filter(currency::equals)
        .ifPresent(same -> section.problem("from", "is the policy's currency; remove the rate"));
    section
        .parsed("to", PolicyReader::currency)
        .filter(to -> !to.equals(currency))
        .ifPresent(
            to ->
                section.problem(
                    "to",
                    "all prices become %s, the policy's currency; write that".formatted(currency)));
    OptionalDouble rate = section.number("rate", 0, MOST);
    if (rate.isPresent() && rate.getAsDouble() == 0) {
      section.problem("rate", "write a number above 0");
      rate = OptionalDouble.empty();
    }
    Optional<Instant> since = section.parsed("since", Moments::moment);
    boolean hasFrom = section.requires("from", "write the currency that is converted, such as USD");
    boolean hasRate = section.requires("rate", "write what one unit is in " + currency);
    boolean hasSince = section.requires("since", "write the day from which the rate holds");
    section.refuseOthers();
    return hasFrom
            && hasRate
            && hasSince
            && from.isPresent()
            && rate.isPresent()
            && since.isPresent()
        ? Optional.of(new ExchangeRate(from.get(), rate.getAsDouble(), since.get()))
        : Optional.empty();
  }

  /** Dollars must not be called euros. */
  void requireRates(Section root, PriceSettings settings, ExchangeRates rates, Instant now) {
    if (rates.at(now).factor(SourceCurrency.DOLLAR).isPresent()) {
      return;
    }
    List<String> inDollars =
        settings.sources().stream().filter(this::isInDollars).map(Constant::text).toList();
    if (!inDollars.isEmpty()) {
      root.problem(
          "currency",
          ("%s %s prices in USD, and prices.exchangeRates has no rate from USD that has begun;"
               + " write one, such as {from: USD, to: %s, rate: 0.92, since: 2026-01-01}, or name"
               + " other sources in prices.sources")
              .formatted(
                  String.join(" and ", inDollars),
                  inDollars.size() == 1 ? "has" : "have",
                  currency));
    }
  }

  private boolean isInDollars(PriceSettings.SourceName source) {
    return switch (source) {
      case BUILTIN -> true;
      case AWS -> !SourceCurrency.isOfAws(currency);
      case AZURE -> SourceCurrency.ofAzure(currency).equals(SourceCurrency.DOLLAR);
      // Files say their own, and Google answers in any.
      case GCP, SHEET, BILL -> false;
    };
  }
}

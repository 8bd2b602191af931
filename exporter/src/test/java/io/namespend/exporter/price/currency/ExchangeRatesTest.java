package io.namespend.exporter.price.currency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.price.ConvertedPrices;
import io.namespend.exporter.price.Nodes;
import io.namespend.exporter.price.PriceBasis;
import io.namespend.exporter.price.PriceSource;
import io.namespend.exporter.price.Quote;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeRatesTest {
  /** In no order, as people write them. */
  private static final ExchangeRates RATES =
      new ExchangeRates(
          "EUR",
          List.of(
              rate("USD", 0.9, "2026-11-01T00:00:00Z"),
              rate("USD", 0.8, "2027-01-01T00:00:00Z"),
              rate("USD", 0.95, "2026-01-01T00:00:00Z"),
              rate("CHF", 1.1, "2026-06-01T00:00:00Z")));

  @ParameterizedTest
  @CsvSource({
    "2025-12-31T23:59:59Z,      ,",
    "2026-01-01T00:00:00Z,  0.95,",
    "2026-10-31T23:59:59Z,  0.95, 1.1",
    "2026-11-01T00:00:00Z,   0.9, 1.1",
    "2026-12-31T23:59:59Z,   0.9, 1.1",
    "2027-01-01T00:00:00Z,   0.8, 1.1",
    "2999-01-01T00:00:00Z,   0.8, 1.1",
  })
  void theNewestThatHasBegunIsInForce(Instant now, Double dollar, Double franc) {
    RatesInForce rates = RATES.at(now);

    assertThat(rates.factor("USD").stream().boxed().findFirst())
        .isEqualTo(Optional.ofNullable(dollar));
    assertThat(rates.factor("CHF").stream().boxed().findFirst())
        .isEqualTo(Optional.ofNullable(franc));
    assertThat(rates.factor("EUR")).hasValue(1);
    assertThat(rates.factor("GBP")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aRateIsAbove0(double rate) {
    assertThatThrownBy(() -> rate("USD", rate, "2026-01-01T00:00:00Z"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSourceIsConvertedByTheCurrencyOfEachRegion() {
    RatesInForce rates =
        new RatesInForce("EUR", Map.of("USD", rate("USD", 0.5, "2026-01-01T00:00:00Z")));
    PriceSource aws = source(8);
    PriceSource converted = new ConvertedPrices(aws, SourceCurrency::ofAws, () -> rates);

    assertThat(converted.node(Nodes.aws("m5.large", "eu-west-1")).orElseThrow())
        .isEqualTo(Quote.known(4, "aws", PriceBasis.LIST));
    // In yuan, of which nobody said the rate.
    assertThat(converted.node(Nodes.aws("m5.large", "cn-north-1"))).isEmpty();
  }

  @Test
  void thePolicysOwnCurrencyIsNotConverted() {
    PriceSource aws =
        new ConvertedPrices(source(8), SourceCurrency::ofAws, () -> RatesInForce.none("CNY"));

    assertThat(aws.node(Nodes.aws("m5.large", "cn-north-1")).orElseThrow().amount()).isEqualTo(8);
    assertThat(aws.node(Nodes.aws("m5.large", "eu-west-1"))).isEmpty();
  }

  @Test
  void azureIsAskedInDollarsOnlyForWhatItDoesNotSpeak() {
    assertThat(SourceCurrency.ofAzure("EUR")).isEqualTo("EUR");
    assertThat(SourceCurrency.ofAzure("PLN")).isEqualTo("USD");
  }

  private static PriceSource source(double amount) {
    return new PriceSource() {
      @Override
      public String name() {
        return "aws";
      }

      @Override
      public Optional<Quote> node(Node node) {
        return Optional.of(Quote.known(amount, "aws", PriceBasis.LIST));
      }
    };
  }

  private static ExchangeRate rate(String from, double rate, String since) {
    return new ExchangeRate(from, rate, Instant.parse(since));
  }
}

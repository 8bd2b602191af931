package io.namespend.exporter.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Provider;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.price.currency.ExchangeRate;
import io.namespend.exporter.price.currency.RatesInForce;
import io.namespend.exporter.settings.Wildcard;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PriceChainTest {
  private static final NodeCapacity CAPACITY = new NodeCapacity(type -> Optional.empty());
  private static final Node NODE = Nodes.aws("m5.xlarge", "eu-west-1");
  private static final Node SPOT = Nodes.spot("m5.xlarge", "eu-west-1b");

  @Test
  void takesTheFirstSourceThatKnows() {
    PriceChain chain =
        chain(List.of(), source("bill", Optional.empty()), list("aws", 0.2), list("builtin", 0.3));

    assertThat(chain.node(NODE)).isEqualTo(Quote.known(0.2, "aws", PriceBasis.LIST));
  }

  @Test
  void prefersALaterPriceToAnEarlierGuess() {
    Quote guess = Quote.estimate(0.08, "aws-spot-estimate", PriceBasis.SPOT, EstimateReason.SPOT);

    assertThat(
            chain(List.of(), source("aws", Optional.of(guess)), list("sheet", 0.1))
                .node(SPOT)
                .source())
        .isEqualTo("sheet");
    assertThat(chain(List.of(), source("aws", Optional.of(guess))).node(SPOT)).isEqualTo(guess);
  }

  @Test
  void pricesAnUnknownGpuNodeByItsGpusAndSaysThatItGuesses() {
    Node node =
        Node.named("gpu")
            .instanceType("x9.huge")
            .region("eu")
            .providerId("aws:///a/i-1")
            .capacity(Resources.ofGib(8, 32, 4))
            .build();

    Quote quote = chain(List.of()).node(node);

    assertThat(quote.amount()).isCloseTo(8 * 0.031611 + 32 * 0.004237 + 4 * 0.95, offset(1e-12));
    assertThat(quote.source()).isEqualTo("fallback");
    assertThat(quote.estimated()).isTrue();
  }

  @Test
  void takesADiscountOffListPricesOnly() {
    List<Discount> discounts = List.of(discount(Optional.empty(), Optional.of(Provider.AWS), 10));

    assertThat(chain(discounts, list("aws", 1)).node(NODE).amount()).isCloseTo(0.9, offset(1e-12));
    for (PriceBasis basis : List.of(PriceBasis.BILLED, PriceBasis.AGREED, PriceBasis.SPOT)) {
      Optional<Quote> quote = Optional.of(Quote.known(1, "x", basis));
      assertThat(chain(discounts, source("x", quote)).node(NODE).amount())
          .as("%s", basis)
          .isEqualTo(1);
    }
  }

  @Test
  void takesADiscountOffSpotPricesOnlyIfItSaysSpot() {
    List<Discount> discounts =
        List.of(discount(Optional.of(CapacityType.SPOT), Optional.empty(), 50));
    Optional<Quote> spot = Optional.of(Quote.known(1, "aws-spot", PriceBasis.SPOT));

    assertThat(chain(discounts, source("aws", spot)).node(SPOT).amount()).isEqualTo(0.5);
    assertThat(chain(discounts, list("aws", 1)).node(NODE).amount()).isEqualTo(1);
  }

  @Test
  void theFirstDiscountThatMatchesCountsAlone() {
    List<Discount> discounts =
        List.of(
            new Discount(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Wildcard("c5.*")),
                Optional.empty(),
                90),
            discount(Optional.of(CapacityType.ON_DEMAND), Optional.of(Provider.AWS), 20),
            discount(Optional.empty(), Optional.empty(), 50));

    assertThat(chain(discounts, list("aws", 1)).node(NODE).amount()).isCloseTo(0.8, offset(1e-12));
  }

  @Test
  void explainsEverythingThatWasSaid() {
    PriceChain chain =
        chain(
            List.of(discount(Optional.empty(), Optional.empty(), 8)),
            source("bill", Optional.empty()),
            list("aws", 0.214));

    assertThat(
            new PriceExplanation(chain, CAPACITY, RateSplit.OPENCOST)
                .of(NODE, RatesInForce.none("USD")))
        .isEqualTo(
            """
            n-m5.xlarge: 0.196880 USD per hour

            Type:     m5.xlarge
            Capacity: on-demand
            Region:   eu-west-1
            Zone:     eu-west-1a
            Arch:     amd64
            Cloud:    aws

            Sources, in order (USD per hour):
              bill       does not know it
              aws        0.214000  aws  <- taken
              fallback   0.194236  fallback (an estimate: fallback)

            Discount: 8 percent, 0.214000 becomes 0.196880
            Price:    0.196880  price_source="aws"

            Split opencost over the capacity:
                  4.000 vCPU x 0.032041 = 0.128165
                 16.000 GiB  x 0.004295 = 0.068715
            """);
  }

  @Test
  void saysFirstThatAPriceIsAnEstimateAndWhy() {
    Quote doubtful =
        Quote.estimate(0.05, "builtin-spot-estimate", PriceBasis.SPOT, EstimateReason.SPOT)
            .doubted(EstimateReason.FALLBACK);
    PriceExplanation explanation =
        new PriceExplanation(
            chain(List.of(), source("builtin", Optional.of(doubtful))),
            CAPACITY,
            RateSplit.OPENCOST);

    assertThat(explanation.of(NODE, RatesInForce.none("USD")))
        .startsWith(
            "n-m5.xlarge: 0.050000 USD per hour, an estimate (fallback, spot): no source knows"
                + " it, so rates for vCPU, memory and GPUs are used\n")
        .contains(
            "Doubt:    fallback: no source knows it",
            "Doubt:    spot: its spot price is not known");
  }

  @Test
  void convertsTheFallbackAndSaysTheRate() {
    RatesInForce rates =
        new RatesInForce(
            "EUR",
            Map.of("USD", new ExchangeRate("USD", 0.5, Instant.parse("2026-11-01T00:00:00Z"))));
    PriceChain chain = new PriceChain(List.of(), List.of(), CAPACITY, () -> rates);

    assertThat(chain.node(NODE).amount())
        .isCloseTo(chain(List.of()).node(NODE).amount() / 2, offset(1e-12));
    assertThat(new PriceExplanation(chain, CAPACITY, RateSplit.OPENCOST).of(NODE, rates))
        .startsWith("n-m5.xlarge: 0.097118 EUR per hour, an estimate (fallback): ")
        .contains("  prices in USD are converted at 0.5 EUR, the rate since 2026-11-01T00:00:00Z");
  }

  /** Nor are they called euros, if nobody said a rate. */
  @Test
  void dollarsOfTheFallbackAreNotPublishedWithoutARate() {
    PriceChain chain =
        new PriceChain(List.of(), List.of(), CAPACITY, () -> RatesInForce.none("EUR"));

    assertThat(chain.node(NODE))
        .isEqualTo(Quote.estimate(0, "none", PriceBasis.LIST, EstimateReason.CURRENCY));
  }

  private static PriceChain chain(List<Discount> discounts, PriceSource... sources) {
    return new PriceChain(List.of(sources), discounts, CAPACITY);
  }

  private static Discount discount(
      Optional<CapacityType> capacityType, Optional<Provider> provider, double percent) {
    return new Discount(capacityType, provider, Optional.empty(), Optional.empty(), percent);
  }

  private static PriceSource list(String name, double price) {
    return source(name, Optional.of(Quote.known(price, name, PriceBasis.LIST)));
  }

  private static PriceSource source(String name, Optional<Quote> quote) {
    return new PriceSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Optional<Quote> node(Node node) {
        return quote;
      }
    };
  }
}

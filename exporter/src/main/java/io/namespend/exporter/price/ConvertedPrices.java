package io.namespend.exporter.price;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.currency.RatesInForce;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

/** A source whose prices are in a currency of their own, in the policy's. */
public final class ConvertedPrices implements PriceSource {
  private final PriceSource source;
  private final Function<String, String> currencyOfRegion;
  private final Supplier<RatesInForce> rates;
  private final Optional<Quote> withoutRate;

  /**
   * @param currencyOfRegion in which the source has the prices of a region
   * @param rates without the currency's the source knows nothing
   */
  public ConvertedPrices(
      PriceSource source, Function<String, String> currencyOfRegion, Supplier<RatesInForce> rates) {
    this(source, currencyOfRegion, rates, Optional.empty());
  }

  /**
   * @param withoutRate what it says where it knows a price and nobody said the currency's rate
   */
  ConvertedPrices(
      PriceSource source,
      Function<String, String> currencyOfRegion,
      Supplier<RatesInForce> rates,
      Optional<Quote> withoutRate) {
    this.source = source;
    this.currencyOfRegion = currencyOfRegion;
    this.rates = rates;
    this.withoutRate = withoutRate;
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public PriceSource snapshot() {
    RatesInForce now = rates.get();
    return new ConvertedPrices(source.snapshot(), currencyOfRegion, () -> now, withoutRate);
  }

  @Override
  public boolean look(ClusterSnapshot cluster) {
    return source.look(cluster);
  }

  @Override
  public Optional<BillCoverage> coverage() {
    return source.coverage();
  }

  @Override
  public Optional<Quote> node(Node node) {
    return converted(source.node(node), node.region());
  }

  @Override
  public Optional<Quote> volume(Volume volume, ClusterPlace place) {
    String region = volume.region().isEmpty() ? place.region() : volume.region();
    return converted(source.volume(volume, place), region);
  }

  @Override
  public Optional<Quote> loadBalancer(LoadBalancer loadBalancer, ClusterPlace place) {
    return converted(source.loadBalancer(loadBalancer, place), place.region());
  }

  @Override
  public Optional<Quote> controlPlane(ClusterPlace place) {
    return converted(source.controlPlane(place), place.region());
  }

  @Override
  public Optional<Quote> egress(EgressKind kind, ClusterPlace place) {
    return converted(source.egress(kind, place), place.region());
  }

  private Optional<Quote> converted(Optional<Quote> quote, String region) {
    if (quote.isEmpty()) {
      return quote;
    }
    OptionalDouble factor = rates.get().factor(currencyOfRegion.apply(region));
    if (factor.isEmpty()) {
      return withoutRate;
    }
    // The same quote where nothing is to be converted: there are thousands of them.
    return factor.getAsDouble() == 1
        ? quote
        : quote.map(price -> price.withAmount(price.amount() * factor.getAsDouble()));
  }
}

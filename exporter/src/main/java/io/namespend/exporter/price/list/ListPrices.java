package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.EstimateReason;
import io.namespend.exporter.price.PriceSource;
import io.namespend.exporter.price.Quote;
import java.util.Optional;

/** A cloud's price list, wherever the single prices come from. */
abstract sealed class ListPrices implements PriceSource
    permits AwsListPrices, AzureListPrices, GcpListPrices {
  /** Azure and Google ask the same: per hour, of all of the first five rules, and each further. */
  private static final double FIRST_RULES = 0.025;

  private static final int FIRST = 5;
  private static final double FURTHER_RULE = 0.01;

  final RegionalPrices prices;
  final ListQuotes quotes;

  /**
   * @param referenceRegion whose price stands for that of a region that {@code items} does not know
   */
  ListPrices(String name, ItemPrices items, Optional<String> referenceRegion) {
    this.prices = new RegionalPrices(items, referenceRegion);
    this.quotes = new ListQuotes(name);
  }

  @Override
  public final String name() {
    return quotes.source();
  }

  @Override
  public final PriceSource snapshot() {
    return of(prices.items().snapshot());
  }

  /** The same list with other prices. */
  abstract ListPrices of(ItemPrices items);

  static String regionOf(Volume volume, ClusterPlace place) {
    return volume.region().isEmpty() ? place.region() : volume.region();
  }

  /** A disk without its parameters is taken for the default kind. */
  static Quote asDescribed(Volume volume, Quote quote) {
    return volume.isDescribed() ? quote : quote.doubted(EstimateReason.PARAMETERS);
  }

  /** What a Service's own rules cost of a balancer that several may share. */
  static double rules(LoadBalancer loadBalancer) {
    int together = loadBalancer.rules().together();
    double all = FIRST_RULES + FURTHER_RULE * Math.max(0, together - FIRST);
    return all * loadBalancer.rules().own() / together;
  }
}

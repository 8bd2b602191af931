package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.BalancerRules;
import io.namespend.exporter.cluster.CapacityType;
import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.LoadBalancer;
import io.namespend.exporter.cluster.Node;
import io.namespend.exporter.cluster.Provider;
import io.namespend.exporter.cluster.Volume;
import io.namespend.exporter.price.EstimateReason;
import io.namespend.exporter.price.HoursPerMonth;
import io.namespend.exporter.price.PriceBasis;
import io.namespend.exporter.price.PriceSource;
import io.namespend.exporter.price.Quote;
import java.util.Optional;

/** What things in Azure cost by its price list, wherever the single prices come from. */
public final class AzureListPrices implements PriceSource {
  /** After these in an item: the prices of capacity that can be taken back. */
  public static final String SPOT = "/spot";

  public static final String LOW_PRIORITY = "/low-priority";

  /** Standard Load Balancer: all of the first five rules per hour, and each further one. */
  private static final double FIRST_RULES = 0.025;

  private static final int FIRST = 5;
  private static final double FURTHER_RULE = 0.01;

  /** A static address, as a Service of that load balancer has. */
  private static final double PUBLIC_ADDRESS = 0.005;

  private final String name;
  private final RegionalPrices prices;
  private final ListQuotes quotes;

  /**
   * @param referenceRegion whose price stands for that of a region that {@code items} does not know
   */
  public AzureListPrices(String name, ItemPrices items, Optional<String> referenceRegion) {
    this.name = name;
    this.prices = new RegionalPrices(items, referenceRegion);
    this.quotes = new ListQuotes(name);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PriceSource snapshot() {
    return new AzureListPrices(name, prices.items().snapshot(), prices.referenceRegion());
  }

  @Override
  public Optional<Quote> node(Node node) {
    String size = node.instanceType();
    if (node.capacityType() != CapacityType.SPOT) {
      return prices.find(size, node.region()).map(quotes::list);
    }
    // Low priority is the older offer with other prices; better than a share of on-demand only.
    return prices
        .find(size + SPOT, node.region())
        .map(quotes::spot)
        .or(
            () ->
                prices
                    .find(size + LOW_PRIORITY, node.region())
                    .map(
                        found ->
                            Quote.estimate(
                                found.price(),
                                name + "-low-priority",
                                PriceBasis.SPOT,
                                EstimateReason.SPOT)))
        .or(() -> prices.find(size, node.region()).map(quotes::spotGuess));
  }

  @Override
  public Optional<Quote> volume(Volume volume, ClusterPlace place) {
    String region = volume.region().isEmpty() ? place.region() : volume.region();
    return AzureDisk.of(volume)
        .flatMap(
            disk ->
                prices
                    .find(disk.item(), region)
                    .map(month -> month.times(1 / disk.billedGib() / HoursPerMonth.VALUE)))
        .map(quotes::list)
        .map(quote -> volume.isDescribed() ? quote : quote.doubted(EstimateReason.PARAMETERS));
  }

  @Override
  public Optional<Quote> loadBalancer(LoadBalancer loadBalancer, ClusterPlace place) {
    // An Application Gateway is another product.
    if (place.provider() != Provider.AZURE || !loadBalancer.frontend().isOfService()) {
      return Optional.empty();
    }
    BalancerRules rules = loadBalancer.rules();
    double all = FIRST_RULES + FURTHER_RULE * Math.max(0, rules.together() - FIRST);
    double amount = all * rules.own() / rules.together() + PUBLIC_ADDRESS * rules.publicAddresses();
    // Who shares an address has rules of its own: its part is counted by them, not by the share.
    return Optional.of(Quote.known(amount / loadBalancer.share(), name, PriceBasis.LIST));
  }
}

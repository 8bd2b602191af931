package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.Distribution;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.NodeTerms.OperatingSystem;
import io.namespend.exporter.cluster.node.NodeTerms.Tenancy;
import io.namespend.exporter.cluster.node.Provider;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.EstimateReason;
import io.namespend.exporter.price.HoursPerMonth;
import io.namespend.exporter.price.PriceBasis;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.list.RegionalPrices.Found;
import java.util.Optional;

/** What things in Azure cost by its price list, wherever the single prices come from. */
public final class AzureListPrices extends ListPrices {
  /** After these in an item: the prices of capacity that can be taken back. */
  public static final String SPOT = "/spot";

  public static final String LOW_PRIORITY = "/low-priority";

  /** A static address, as a Service of a Standard Load Balancer has. */
  private static final double PUBLIC_ADDRESS = 0.005;

  /** After a size, before the others: the prices with Windows. */
  public static final String WINDOWS = "/windows";

  /** The free tier costs nothing, premium 0.60; most clusters that are worth counting pay this. */
  private static final double AKS_STANDARD_TIER = 0.10;

  /**
   * @param referenceRegion whose price stands for that of a region that {@code items} does not know
   */
  public AzureListPrices(String name, ItemPrices items, Optional<String> referenceRegion) {
    super(name, items, referenceRegion);
  }

  @Override
  ListPrices of(ItemPrices items) {
    return new AzureListPrices(name(), items, prices.referenceRegion());
  }

  @Override
  public Optional<Quote> node(Node node) {
    return node.capacityType() == CapacityType.SPOT ? spot(node) : onDemand(node).map(quotes::list);
  }

  /** Empty for a control plane that is not AKS's; its tier cannot be told from inside. */
  @Override
  public Optional<Quote> controlPlane(ClusterPlace place) {
    return place.distribution() == Distribution.AKS
        ? Optional.of(quotes.list(new Found(AKS_STANDARD_TIER, true).doubted(EstimateReason.TIER)))
        : Optional.empty();
  }

  private Optional<Found> onDemand(Node node) {
    Optional<Found> listed =
        isWindows(node)
            ? prices.listed(node.instanceType() + WINDOWS, node.region())
            : Optional.empty();
    return listed
        .or(
            () ->
                prices
                    .find(node.instanceType(), node.region())
                    .map(linux -> SoftwareEstimate.added(linux, node)))
        .map(found -> onOwnHost(node, found));
  }

  private Optional<Quote> spot(Node node) {
    String size = node.instanceType();
    Optional<Found> listed =
        isWindows(node) ? prices.listed(size + WINDOWS + SPOT, node.region()) : Optional.empty();
    // Low priority is the older offer with other prices; better than a share of on-demand only.
    return listed
        .or(
            () ->
                prices
                    .listed(size + SPOT, node.region())
                    .map(linux -> SoftwareEstimate.added(linux, node)))
        .map(found -> quotes.spot(onOwnHost(node, found)))
        .or(() -> lowPriority(node))
        .or(
            () ->
                prices
                    .find(size, node.region())
                    .map(ListQuotes::spotShare)
                    .map(linux -> SoftwareEstimate.added(linux, node))
                    .map(found -> quotes.spot(onOwnHost(node, found))));
  }

  private Optional<Quote> lowPriority(Node node) {
    return prices
        .listed(node.instanceType() + LOW_PRIORITY, node.region())
        .map(found -> SoftwareEstimate.added(found, node).doubted(EstimateReason.SPOT))
        .map(
            found ->
                new Quote(
                    found.price(), name() + "-low-priority", PriceBasis.SPOT, found.doubts()));
  }

  private static Found onOwnHost(Node node, Found found) {
    return node.terms().tenancy() == Tenancy.SHARED ? found : found.doubted(EstimateReason.TENANCY);
  }

  private static boolean isWindows(Node node) {
    return node.terms().operatingSystem() == OperatingSystem.WINDOWS;
  }

  @Override
  public Optional<Quote> volume(Volume volume, ClusterPlace place) {
    return AzureDisk.of(volume)
        .flatMap(
            disk ->
                prices
                    .find(disk.item(), regionOf(volume, place))
                    .map(month -> month.times(1 / disk.billedGib() / HoursPerMonth.VALUE)))
        .map(quotes::list)
        .map(quote -> asDescribed(volume, quote));
  }

  @Override
  public Optional<Quote> loadBalancer(LoadBalancer loadBalancer, ClusterPlace place) {
    // An Application Gateway is another product.
    if (place.provider() != Provider.AZURE || !loadBalancer.frontend().isOfService()) {
      return Optional.empty();
    }
    double addresses = PUBLIC_ADDRESS * loadBalancer.rules().publicAddresses();
    double amount = rules(loadBalancer) + addresses;
    // No source has the rates of rules, so what they make is an estimate.
    // Who shares an address has rules of its own: its part is counted by them, not by the share.
    return Optional.of(
        quotes.list(new Found(amount / loadBalancer.share(), true).doubted(EstimateReason.RATE)));
  }
}

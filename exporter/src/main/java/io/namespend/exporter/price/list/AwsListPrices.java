package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.CapacityType;
import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.Distribution;
import io.namespend.exporter.cluster.LoadBalancer;
import io.namespend.exporter.cluster.Node;
import io.namespend.exporter.cluster.Provider;
import io.namespend.exporter.cluster.Resources;
import io.namespend.exporter.cluster.Volume;
import io.namespend.exporter.price.EgressKind;
import io.namespend.exporter.price.EstimateReason;
import io.namespend.exporter.price.FargateSize;
import io.namespend.exporter.price.HoursPerMonth;
import io.namespend.exporter.price.PriceSource;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.list.RegionalPrices.Found;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What things in AWS cost by its price list, wherever the single prices come from. */
public final class AwsListPrices implements PriceSource {
  /** Before this in an item, a price of spare capacity, by zone. */
  public static final String SPOT = "spot/";

  private static final String FILE_SYSTEM = "efs.csi.aws.com";

  /** Host names of load balancers tell kind and region; classic ones have the region first. */
  private static final Pattern CLASSIC =
      Pattern.compile(".+\\.([a-z\\d-]+)\\.elb\\.amazonaws\\..+");

  private static final Pattern NETWORK =
      Pattern.compile(".+\\.elb\\.([a-z\\d-]+)\\.amazonaws\\..+");

  private final String name;
  private final RegionalPrices prices;
  private final ListQuotes quotes;

  /**
   * @param referenceRegion whose price stands for that of a region that {@code items} does not know
   */
  public AwsListPrices(String name, ItemPrices items, Optional<String> referenceRegion) {
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
    return new AwsListPrices(name, prices.items().snapshot(), prices.referenceRegion());
  }

  @Override
  public Optional<Quote> node(Node node) {
    if (node.fargatePod().isPresent()) {
      return fargate(node, FargateSize.billed(node.fargatePod().get())).map(quotes::list);
    }
    Optional<Found> onDemand = prices.find(node.instanceType(), node.region());
    if (node.capacityType() != CapacityType.SPOT) {
      return onDemand.map(quotes::list);
    }
    return new RegionalPrices(prices.items(), Optional.empty())
        .find(SPOT + node.instanceType(), node.zone())
        .map(quotes::spot)
        .or(() -> onDemand.map(quotes::spotGuess));
  }

  @Override
  public Optional<Quote> volume(Volume volume, ClusterPlace place) {
    String region = regionOf(volume, place);
    if (volume.driver().equals(FILE_SYSTEM)) {
      return prices
          .find("efs_standard_storage", region)
          .map(month -> quotes.list(month.times(1 / HoursPerMonth.VALUE)))
          .map(quote -> quote.doubted(EstimateReason.SIZE));
    }
    if (!EbsVolume.isOne(volume)) {
      return Optional.empty();
    }
    EbsVolume disk = new EbsVolume(volume);
    return disk.perGibHour(prices, region)
        .map(quotes::list)
        .map(quote -> disk.isCertain() ? quote : quote.doubted(EstimateReason.PARAMETERS));
  }

  @Override
  public Optional<Quote> loadBalancer(LoadBalancer loadBalancer, ClusterPlace place) {
    if (place.provider() != Provider.AWS) {
      return Optional.empty();
    }
    Matcher network = NETWORK.matcher(loadBalancer.ingress());
    Matcher classic = CLASSIC.matcher(loadBalancer.ingress());
    if (network.matches()) {
      return prices.find("nlb", network.group(1)).map(quotes::list);
    }
    String kind = loadBalancer.kind().toLowerCase(Locale.ROOT);
    if (classic.matches()) {
      // Application load balancers have host names of the same form.
      String item = kind.equals("alb") ? "alb" : "classic_elb";
      return prices.find(item, classic.group(1)).map(quotes::list);
    }
    boolean isNetwork = kind.contains("nlb") || kind.equals("external");
    return prices.find(isNetwork ? "nlb" : "classic_elb", place.region()).map(quotes::list);
  }

  @Override
  public Optional<Quote> controlPlane(ClusterPlace place) {
    return place.distribution() == Distribution.EKS
        ? prices.find("eks_cluster_standard", place.region()).map(quotes::list)
        : Optional.empty();
  }

  @Override
  public Optional<Quote> egress(EgressKind kind, ClusterPlace place) {
    if (place.provider() != Provider.AWS) {
      return Optional.empty();
    }
    String item =
        switch (kind) {
          case ZONE -> "data_inter_az";
          case REGION -> "data_inter_region_out";
          case INTERNET -> "data_egress_internet";
        };
    return prices.find(item, place.region()).map(quotes::list);
  }

  private Optional<Found> fargate(Node node, Resources billed) {
    return prices
        .find("eks_fargate_vcpu", node.region())
        .flatMap(
            vcpu ->
                prices
                    .find("eks_fargate_memory_gb", node.region())
                    .map(gb -> vcpu.times(billed.cpuCores()).plus(gb.times(billed.memoryGib()))));
  }

  private static String regionOf(Volume volume, ClusterPlace place) {
    return volume.region().isEmpty() ? place.region() : volume.region();
  }
}

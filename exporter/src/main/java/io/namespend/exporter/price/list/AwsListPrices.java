package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.Distribution;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.NodeTerms.Management;
import io.namespend.exporter.cluster.node.NodeTerms.Tenancy;
import io.namespend.exporter.cluster.node.Provider;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.EgressKind;
import io.namespend.exporter.price.EstimateReason;
import io.namespend.exporter.price.FargateSize;
import io.namespend.exporter.price.HoursPerMonth;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.list.RegionalPrices.Found;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What things in AWS cost by its price list, wherever the single prices come from. */
public final class AwsListPrices extends ListPrices {
  /** Before this in an item, a price of spare capacity, by zone. */
  public static final String SPOT = "spot/";

  private static final String FILE_SYSTEM = "efs.csi.aws.com";

  /** Host names of load balancers tell kind and region; classic ones have the region first. */
  private static final Pattern CLASSIC =
      Pattern.compile(".+\\.([a-z\\d-]+)\\.elb\\.amazonaws\\..+");

  private static final Pattern NETWORK =
      Pattern.compile(".+\\.elb\\.([a-z\\d-]+)\\.amazonaws\\..+");

  /** Before an instance type: what EKS Auto Mode adds to its price. */
  public static final String AUTO_MODE_FEE = "eks_auto/";

  /** What a hybrid node costs per vCPU. */
  public static final String HYBRID_VCPU = "eks_hybrid_vcpu";

  /**
   * In all regions, of the first 576,000 vCPU-hours a month; from public descriptions and not from
   * a price list, so it is an estimate.
   */
  private static final double HYBRID_VCPU_HOUR = 0.02;

  /** What a cluster in extended support costs on top. */
  public static final String EXTENDED_SUPPORT = "eks_extended_support";

  /** The same in all regions. */
  private static final double EXTENDED_SUPPORT_HOUR = 0.50;

  /** Of the on-demand price, whatever was paid for the instance. */
  private static final double AUTO_MODE_SHARE = 0.12;

  /** The same of types with GPUs. */
  private static final double AUTO_MODE_GPU_SHARE = 0.078;

  /** Dedicated instances cost 6 percent more; m5.xlarge 0.204 instead of 0.192. */
  private static final double DEDICATED_FACTOR = 1.0625;

  private final KubernetesSupport support;

  /**
   * @param referenceRegion whose price stands for that of a region that {@code items} does not know
   */
  public AwsListPrices(String name, ItemPrices items, Optional<String> referenceRegion) {
    this(name, items, referenceRegion, Clock.systemUTC());
  }

  /**
   * @param referenceRegion whose price stands for that of a region that {@code items} does not know
   * @param clock tells which versions of Kubernetes are in extended support
   */
  public AwsListPrices(
      String name, ItemPrices items, Optional<String> referenceRegion, Clock clock) {
    this(name, items, referenceRegion, new KubernetesSupport(clock));
  }

  private AwsListPrices(
      String name, ItemPrices items, Optional<String> referenceRegion, KubernetesSupport support) {
    super(name, items, referenceRegion);
    this.support = support;
  }

  @Override
  ListPrices of(ItemPrices items) {
    return new AwsListPrices(name(), items, prices.referenceRegion(), support);
  }

  @Override
  public Optional<Quote> node(Node node) {
    if (node.fargatePod().isPresent()) {
      return fargate(node, FargateSize.billed(node.fargatePod().get())).map(quotes::list);
    }
    if (node.terms().management() == Management.EKS_HYBRID) {
      return Optional.of(quotes.list(hybrid(node)));
    }
    return node.capacityType() == CapacityType.SPOT
        ? spot(node).map(found -> quotes.spot(withFee(node, found)))
        : onDemand(node).map(found -> quotes.list(withFee(node, found)));
  }

  private Optional<Found> onDemand(Node node) {
    AwsVariant variant = AwsVariant.of(node.terms());
    Optional<Found> listed =
        prices
            .listed(node.instanceType() + variant.suffix(), node.region())
            .map(found -> ofHost(node, placed(node, found)))
            .or(() -> machine(node).map(found -> SoftwareEstimate.added(found, node)));
    return node.capacityType() == CapacityType.CAPACITY_BLOCK
        ? listed.map(found -> found.doubted(EstimateReason.PURCHASE))
        : listed;
  }

  /** With Linux. */
  private Optional<Found> machine(Node node) {
    return prices
        .find(node.instanceType(), node.region())
        .map(
            shared ->
                node.terms().tenancy() == Tenancy.DEDICATED
                    ? shared.times(DEDICATED_FACTOR).doubted(EstimateReason.TENANCY)
                    : ofHost(node, shared))
        .map(found -> placed(node, found));
  }

  /** Of a host the customer pays the whole, so what one instance costs depends on the others. */
  private static Found ofHost(Node node, Found found) {
    return node.terms().tenancy() == Tenancy.HOST ? found.doubted(EstimateReason.TENANCY) : found;
  }

  private static Found placed(Node node, Found found) {
    AwsZone zone = AwsZone.of(node.zone());
    return zone == AwsZone.REGION
        ? found
        : found.times(zone.factor()).doubted(EstimateReason.PLACE);
  }

  /** Spot prices are listed by zone, local zones too, and contain the software. */
  private Optional<Found> spot(Node node) {
    String item = SPOT + node.instanceType();
    String software =
        new AwsVariant(AwsVariant.of(node.terms()).operatingSystem(), "Shared").suffix();
    return prices
        .listed(item + software, node.zone())
        .or(
            () ->
                prices.listed(item, node.zone()).map(found -> SoftwareEstimate.added(found, node)))
        .map(
            found ->
                node.terms().tenancy() == Tenancy.SHARED
                    ? found
                    : found.doubted(EstimateReason.TENANCY))
        .or(
            () ->
                machine(node)
                    .map(ListQuotes::spotShare)
                    .map(found -> SoftwareEstimate.added(found, node)));
  }

  /** The fee follows the on-demand price for spot capacity too. */
  private Found withFee(Node node, Found found) {
    if (node.terms().management() != Management.EKS_AUTO_MODE) {
      return found;
    }
    String type = node.instanceType();
    return prices
        .listed(AUTO_MODE_FEE + type, node.region())
        .map(found::plus)
        .orElseGet(
            () ->
                prices
                    .find(type, node.region())
                    .map(onDemand -> found.plus(onDemand.times(autoModeShare(type))))
                    .orElse(found)
                    .doubted(EstimateReason.FEE));
  }

  private static double autoModeShare(String type) {
    boolean accelerated =
        MachineFamily.ofAws(type)
            .filter(family -> family.use() == MachineFamily.Use.ACCELERATED)
            .isPresent();
    return accelerated ? AUTO_MODE_GPU_SHARE : AUTO_MODE_SHARE;
  }

  /** The machine is the customer's own. */
  private Found hybrid(Node node) {
    double cores = node.capacity().cpuCores();
    Found fee =
        prices
            .listed(HYBRID_VCPU, node.region())
            .orElse(new Found(HYBRID_VCPU_HOUR, true).doubted(EstimateReason.RATE))
            .times(cores);
    return cores > 0 ? fee : fee.doubted(EstimateReason.FEE);
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
    String host = loadBalancer.ingress().toLowerCase(Locale.ROOT);
    Matcher network = NETWORK.matcher(host);
    Matcher classic = CLASSIC.matcher(host);
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
    if (place.distribution() != Distribution.EKS) {
      return Optional.empty();
    }
    KubernetesSupport.Support term = support.of(place);
    return prices
        .find("eks_cluster_standard", place.region())
        .flatMap(found -> term.isExtended() ? extended(found, place.region()) : Optional.of(found))
        .map(found -> term.isCertain() ? found : found.doubted(EstimateReason.TIER))
        .map(quotes::list);
  }

  /** Empty where only the standard price is listed: a later source knows both. */
  private Optional<Found> extended(Found standard, String region) {
    return prices
        .listed(EXTENDED_SUPPORT, region)
        .map(standard::plus)
        .or(() -> prices.referenceRegion().map(any -> standard.plus(EXTENDED_SUPPORT_HOUR)));
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
}

package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.Distribution;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.NodeTerms;
import io.namespend.exporter.cluster.node.NodeTerms.Management;
import io.namespend.exporter.cluster.node.NodeTerms.OperatingSystem;
import io.namespend.exporter.cluster.node.NodeTerms.Tenancy;
import io.namespend.exporter.cluster.node.Provider;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.EstimateReason;
import io.namespend.exporter.price.PriceBasis;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.list.RegionalPrices.Found;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What things in Google Cloud cost by its price list, wherever the single prices come from: a
 * machine as a whole where it is listed, else its vCPUs, memory and GPUs.
 */
public final class GcpListPrices extends ListPrices {
  /** The label that names a node's kind of GPU. */
  public static final String ACCELERATOR_LABEL = "cloud.google.com/gke-accelerator";

  public static final String SPOT = "/spot";

  /** Per vCPU; spot machines pay it in full. */
  public static final String WINDOWS_LICENSE = "license/windows";

  /** Sole-tenant nodes cost a tenth more than what runs on them. */
  private static final double SOLE_TENANT_FACTOR = 1.1;

  private static final Set<String> DISK_DRIVERS =
      Set.of("pd.csi.storage.gke.io", "kubernetes.io/gce-pd");

  private static final double GKE_CLUSTER = 0.10;

  /** Of a cluster of the extended channel whose version has left standard support. */
  private static final double GKE_EXTENDED = 0.60;

  private final KubernetesSupport support;

  /**
   * @param referenceRegion whose price stands for that of a region that {@code items} does not know
   */
  public GcpListPrices(String name, ItemPrices items, Optional<String> referenceRegion) {
    this(name, items, referenceRegion, Clock.systemUTC());
  }

  /**
   * @param referenceRegion whose price stands for that of a region that {@code items} does not know
   * @param clock tells which versions of Kubernetes are in extended support
   */
  public GcpListPrices(
      String name, ItemPrices items, Optional<String> referenceRegion, Clock clock) {
    this(name, items, referenceRegion, new KubernetesSupport(clock));
  }

  private GcpListPrices(
      String name, ItemPrices items, Optional<String> referenceRegion, KubernetesSupport support) {
    super(name, items, referenceRegion);
    this.support = support;
  }

  @Override
  ListPrices of(ItemPrices items) {
    return new GcpListPrices(name(), items, prices.referenceRegion(), support);
  }

  @Override
  public Optional<Quote> node(Node node) {
    if (node.provider() != Provider.GCP || node.instanceType().isEmpty()) {
      return Optional.empty();
    }
    return node.capacityType() == CapacityType.SPOT
        ? price(node, SPOT)
            .or(() -> price(node, "").map(ListQuotes::spotShare))
            .map(found -> quotes.spot(withTerms(node, found)))
        : price(node, "").map(found -> quotes.list(withTerms(node, found)));
  }

  private Found withTerms(Node node, Found machine) {
    NodeTerms terms = node.terms();
    Found found =
        terms.tenancy() == Tenancy.SHARED
            ? machine
            : machine.times(SOLE_TENANT_FACTOR).doubted(EstimateReason.TENANCY);
    Optional<Found> windows =
        terms.operatingSystem() == OperatingSystem.WINDOWS
            ? prices.listed(WINDOWS_LICENSE, node.region())
            : Optional.empty();
    Found licensed =
        windows
            .map(perCore -> found.plus(perCore.times(node.capacity().cpuCores())))
            .orElseGet(() -> SoftwareEstimate.added(found, node));
    // Pods are billed there by what they request, at prices that contain the management.
    return terms.management() == Management.GKE_AUTOPILOT
        ? licensed.doubted(EstimateReason.FEE)
        : licensed;
  }

  @Override
  public Optional<Quote> volume(Volume volume, ClusterPlace place) {
    if (!DISK_DRIVERS.contains(volume.driver())) {
      return Optional.empty();
    }
    String type = volume.parameters().getOrDefault("type", "pd-standard").toLowerCase(Locale.ROOT);
    boolean twice = "regional-pd".equalsIgnoreCase(volume.parameters().get("replication-type"));
    return prices
        .find("disk/" + type, regionOf(volume, place))
        .map(found -> quotes.list(found.times(twice ? 2 : 1)))
        .map(quote -> asDescribed(volume, quote));
  }

  @Override
  public Optional<Quote> loadBalancer(LoadBalancer loadBalancer, ClusterPlace place) {
    if (place.provider() != Provider.GCP) {
      return Optional.empty();
    }
    // Who shares an address has rules of its own: its part is counted by them, not by the share.
    double amount = rules(loadBalancer) / loadBalancer.share();
    return Optional.of(Quote.known(amount, name(), PriceBasis.LIST));
  }

  @Override
  public Optional<Quote> controlPlane(ClusterPlace place) {
    if (place.distribution() != Distribution.GKE) {
      return Optional.empty();
    }
    KubernetesSupport.Support term = support.of(place);
    Found found = new Found(term.isExtended() ? GKE_EXTENDED : GKE_CLUSTER, true);
    return Optional.of(quotes.list(term.isCertain() ? found : found.doubted(EstimateReason.TIER)));
  }

  /**
   * @param suffix {@link #SPOT} or nothing
   */
  private Optional<Found> price(Node node, String suffix) {
    MachineType machine = MachineType.of(node.instanceType());
    Optional<Found> whole = prices.find("machine/" + node.instanceType() + suffix, node.region());
    if (whole.isPresent() && !machine.family().equals("n1")) {
      return whole;
    }
    return whole.or(() -> parts(node, machine, suffix)).flatMap(base -> gpus(node, base, suffix));
  }

  private Optional<Found> parts(Node node, MachineType machine, String suffix) {
    double cores = machine.billedCores(node.capacity().cpuCores());
    double gib = machine.billedGib(node.capacity().cpuCores(), node.capacity().memoryGib());
    Optional<Found> cpu = part("cpu/", machine.family(), suffix, node.region());
    Optional<Found> ram = part("ram/", machine.family(), suffix, node.region());
    return cpu.isEmpty() || ram.isEmpty()
        ? Optional.empty()
        : Optional.of(cpu.get().times(cores).plus(ram.get().times(gib)));
  }

  private Optional<Found> part(String kind, String family, String suffix, String region) {
    Optional<Found> listed = prices.find(kind + family + suffix, region);
    return suffix.isEmpty() || listed.isPresent()
        ? listed
        : prices
            .find(kind + family, region)
            .flatMap(
                price ->
                    prices
                        .find("spot-share/" + family, region)
                        .map(share -> price.times(share.price())));
  }

  /** A GPU of unknown price makes the whole node unknown: it must not be had for nothing. */
  private Optional<Found> gpus(Node node, Found base, String suffix) {
    double gpus = node.capacity().gpus();
    String kind = node.labels().getOrDefault(ACCELERATOR_LABEL, "");
    return gpus == 0
        ? Optional.of(base)
        : prices.find("gpu/" + kind + suffix, node.region()).map(gpu -> base.plus(gpu.times(gpus)));
  }
}

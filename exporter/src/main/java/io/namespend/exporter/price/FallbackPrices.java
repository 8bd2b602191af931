package io.namespend.exporter.price;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.Distribution;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Provider;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.node.VirtualNode;
import io.namespend.exporter.cluster.volume.Volume;
import java.util.Optional;
import java.util.function.Function;

/**
 * Knows everything, badly: the end of every chain.
 *
 * <p>Source: the defaults of the OpenCost configuration files, USD. Azure's GPU rate there is below
 * a CPU's; an unknown GPU must not be that cheap, so all providers use one GPU rate.
 */
final class FallbackPrices implements PriceSource {
  static final String NAME = "fallback";
  private static final double HOURS_PER_MONTH = HoursPerMonth.VALUE;
  private static final ResourceRates COMMON = new ResourceRates(0.031611, 0.004237, 0.95);
  private static final ResourceRates AZURE = new ResourceRates(0.03900, 0.001917, 0.95);
  private static final ResourceRates SPOT = new ResourceRates(0.006655, 0.000892, 0.308);
  private static final ResourceRates AZURE_SPOT = new ResourceRates(0.007764, 0.000382, 0.308);

  /** For all providers what EKS Fargate costs in us-east-1 by AWS' price list. */
  private static final ResourceRates SERVERLESS = new ResourceRates(0.04048, 0.004445, 0.95);

  private static final double VOLUME_PER_GIB_MONTH = 0.04;

  private static final double LOAD_BALANCER = 0.025;
  private static final double CONTROL_PLANE = 0.10;

  private final Function<Node, Resources> capacity;

  /**
   * @param capacity of a node, or what it is assumed to have
   */
  FallbackPrices(Function<Node, Resources> capacity) {
    this.capacity = capacity;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Quote> node(Node node) {
    if (node.virtual().isPresent()) {
      return Optional.of(virtual(node.virtual().get()));
    }
    boolean spot = node.capacityType() == CapacityType.SPOT;
    boolean azure = node.provider() == Provider.AZURE;
    ResourceRates rates = spot ? (azure ? AZURE_SPOT : SPOT) : (azure ? AZURE : COMMON);
    return Optional.of(
        Quote.estimate(
            rates.cost(capacity.apply(node)),
            NAME,
            spot ? PriceBasis.SPOT : PriceBasis.LIST,
            EstimateReason.FALLBACK));
  }

  @Override
  public Optional<Quote> volume(Volume volume, ClusterPlace place) {
    return switch (StorageKind.of(volume.driver())) {
      case DISK -> guess(VOLUME_PER_GIB_MONTH / HOURS_PER_MONTH);
      case FILE_SYSTEM ->
          guess(FileSystemRates.perGibMonth(volume) / HOURS_PER_MONTH)
              .map(
                  quote ->
                      FileSystemRates.isBilledByUse(volume)
                          ? quote.doubted(EstimateReason.SIZE)
                          : quote);
      case NONE -> Optional.of(Quote.NOTHING);
    };
  }

  @Override
  public Optional<Quote> loadBalancer(LoadBalancer loadBalancer, ClusterPlace place) {
    // Outside the clouds a load balancer is software on nodes that are priced already.
    return guess(place.provider() == Provider.OTHER ? 0 : LOAD_BALANCER);
  }

  @Override
  public Optional<Quote> controlPlane(ClusterPlace place) {
    return place.distribution() == Distribution.OTHER ? Optional.empty() : guess(CONTROL_PLANE);
  }

  @Override
  public Optional<Quote> egress(EgressKind kind, ClusterPlace place) {
    return guess(
        switch (kind) {
          case ZONE, REGION -> 0.01;
          case INTERNET ->
              switch (place.provider()) {
                case AWS -> 0.143;
                case AZURE -> 0.0725;
                case GCP, OTHER -> 0.12;
              };
        });
  }

  private static Quote virtual(VirtualNode node) {
    return switch (node.backing()) {
      case SERVERLESS ->
          Quote.estimate(
              SERVERLESS.cost(node.requested()),
              "serverless-estimate",
              PriceBasis.LIST,
              EstimateReason.VIRTUAL);
      // Where those pods run in truth, another exporter counts them.
      case CLUSTER -> Quote.estimate(0, "other-cluster", PriceBasis.LIST, EstimateReason.VIRTUAL);
      case NOTHING -> Quote.known(0, "simulated", PriceBasis.LIST);
    };
  }

  private static Optional<Quote> guess(double amount) {
    return Optional.of(Quote.estimate(amount, NAME, PriceBasis.LIST, EstimateReason.FALLBACK));
  }

  /** What a volume is to the cloud that bills it, by its driver. */
  private enum StorageKind {
    /** A disk of a cloud. */
    DISK,
    /** A file system that a cloud runs. */
    FILE_SYSTEM,
    /**
     * Nothing that a cloud bills as a volume: a share of a server, a bucket, a disk of a node that
     * has its price already, or what nobody knows.
     */
    NONE;

    static StorageKind of(String driver) {
      return switch (driver) {
        case "ebs.csi.aws.com",
            "ebs.csi.eks.amazonaws.com",
            "kubernetes.io/aws-ebs",
            "disk.csi.azure.com",
            "kubernetes.io/azure-disk",
            "pd.csi.storage.gke.io",
            "kubernetes.io/gce-pd",
            // Of the clouds without a price list here.
            "block.csi.vultr.com",
            "blockvolume.csi.oraclecloud.com",
            "com.tencent.cloud.csi.cbs",
            "csi.hetzner.cloud",
            "csi.scaleway.com",
            "diskplugin.csi.alibabacloud.com",
            "disk-csi-driver.mks.ycloud.io",
            "dobs.csi.digitalocean.com",
            "linodebs.csi.linode.com",
            "storage.csi.upcloud.com",
            "vpc.block.csi.ibm.io" ->
            DISK;
        case "efs.csi.aws.com",
            "fsx.csi.aws.com",
            "fsx.openzfs.csi.aws.com",
            "file.csi.azure.com",
            "kubernetes.io/azure-file",
            "filestore.csi.storage.gke.io" ->
            FILE_SYSTEM;
        default -> NONE;
      };
    }
  }
}

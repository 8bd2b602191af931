package io.namespend.exporter.price.list;

import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.HoursPerMonth;
import io.namespend.exporter.price.list.RegionalPrices.Found;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An AWS volume: gp3 pays for IOPS beyond 3,000 and throughput beyond 125 MiB/s, io1 and io2 for
 * every IOPS; both are spread over the volume's GiB, so that one rate says it all.
 */
final class EbsVolume {
  private static final Set<String> DRIVERS =
      Set.of("ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com", "kubernetes.io/aws-ebs");
  private static final String IN_TREE = "kubernetes.io/aws-ebs";
  private static final double GP3_FREE_IOPS = 3000;
  private static final double GP3_FREE_MIBPS = 125;

  /** io2 IOPS up to 32,000, up to 64,000 and beyond; source: the EBS price page. */
  private static final double[][] IO2_TIERS = {
    {32_000, 1}, {64_000, 0.7}, {Double.MAX_VALUE, 0.49}
  };

  private final Volume volume;
  private final EbsPerformance performance;

  EbsVolume(Volume volume) {
    this.volume = volume;
    this.performance = EbsPerformance.of(type(volume), volume, volume.driver().equals(IN_TREE));
  }

  static boolean isOne(Volume volume) {
    return DRIVERS.contains(volume.driver());
  }

  /** Whether the storage class says what the volume is, and the driver makes such volumes. */
  boolean isCertain() {
    return volume.isDescribed() && performance.isCertain();
  }

  Optional<Found> perGibHour(RegionalPrices prices, String region) {
    return perGibMonth(prices, region).map(found -> found.times(1 / HoursPerMonth.VALUE));
  }

  private Optional<Found> perGibMonth(RegionalPrices prices, String region) {
    String type = type(volume);
    double iops = performance.iops();
    Optional<Found> storage = prices.find("ebs_" + type + "_storage", region);
    return switch (type) {
      case "gp3" ->
          storage
              .flatMap(price -> with(price, prices, "ebs_gp3_iops", region, iops - GP3_FREE_IOPS))
              .flatMap(
                  price ->
                      with(
                          price,
                          prices,
                          "ebs_gp3_throughput",
                          region,
                          performance.mibps() - GP3_FREE_MIBPS));
      case "io1" -> storage.flatMap(p -> with(p, prices, "ebs_io1_iops", region, iops));
      case "io2" ->
          storage.flatMap(p -> with(p, prices, "ebs_io2_iops", region, io2PricedIops(iops)));
      default -> storage;
    };
  }

  /** Adds what {@code amount} of the item costs for the whole volume, per GiB. */
  private Optional<Found> with(
      Found price, RegionalPrices prices, String item, String region, double amount) {
    return amount <= 0 || volume.gib() <= 0
        ? Optional.of(price)
        : prices.find(item, region).map(extra -> price.plus(extra.times(amount / volume.gib())));
  }

  /** The CSI driver's default is gp3, the in-tree plugin's was gp2. */
  private static String type(Volume volume) {
    String fallback = volume.driver().equals(IN_TREE) ? "gp2" : "gp3";
    return volume.parameters().getOrDefault("type", fallback).toLowerCase(Locale.ROOT);
  }

  private static double io2PricedIops(double iops) {
    double priced = 0;
    double below = 0;
    for (double[] tier : IO2_TIERS) {
      priced += Math.max(0, Math.min(iops, tier[0]) - below) * tier[1];
      below = tier[0];
    }
    return priced;
  }
}

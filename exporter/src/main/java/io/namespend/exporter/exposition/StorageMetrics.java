package io.namespend.exporter.exposition;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summarizingDouble;

import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.PricedCluster.PricedVolume;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Prices of volumes and of the claims that hold them. */
final class StorageMetrics {
  private StorageMetrics() {}

  static List<MetricSnapshot> of(List<PricedVolume> volumes) {
    var rate =
        new GaugeFamily(
            "pv_hourly_cost",
            "[STABLE] Price of one GiB of the volume for one hour, IOPS and throughput included,"
                + " from the volume's storage class; its part of what several share.",
            "persistentvolume",
            "volumename",
            "provider_id");
    var claims =
        new GaugeFamily(
            "namespend_claim_hourly_cost",
            "[STABLE] Price of the volume that the claim holds for one hour.",
            "namespace",
            "persistentvolumeclaim",
            "persistentvolume",
            "storage_class");
    var unclaimed =
        new GaugeFamily(
            "namespend_unclaimed_volume_hourly_cost",
            "[EXPERIMENTAL] Price for one hour of a volume that no claim holds.",
            "persistentvolume",
            "storage_class");
    for (PricedVolume priced : volumes) {
      Volume volume = priced.volume();
      rate.add(priced.perGibHour().amount(), volume.name(), volume.name(), volume.providerId());
      volume
          .claim()
          .ifPresentOrElse(
              claim ->
                  claims.add(
                      priced.hourly(),
                      claim.namespace(),
                      claim.name(),
                      volume.name(),
                      volume.storageClass()),
              () -> unclaimed.add(priced.hourly(), volume.name(), volume.storageClass()));
    }
    List<MetricSnapshot> families =
        new ArrayList<>(List.of(rate.snapshot(), claims.snapshot(), unclaimed.snapshot()));
    families.addAll(unpriced(volumes));
    return families;
  }

  /** Volumes that nobody bills by themselves. */
  private static List<MetricSnapshot> unpriced(List<PricedVolume> volumes) {
    var count =
        new GaugeFamily(
            "namespend_unpriced_volumes",
            "[STABLE] Volumes of this driver that cost nothing, because no cloud bills them as"
                + " volumes and no price sheet names them.",
            "driver");
    var size =
        new GaugeFamily(
            "namespend_unpriced_volume_gib",
            "[STABLE] Declared size of the volumes of this driver that cost nothing.",
            "driver");
    volumes.stream()
        .filter(priced -> priced.perGibHour().isNothing())
        .map(PricedVolume::volume)
        .collect(groupingBy(Volume::driver, TreeMap::new, summarizingDouble(Volume::gib)))
        .forEach(
            (driver, gib) -> {
              String label = driver.isEmpty() ? "unknown" : driver;
              count.add((double) gib.getCount(), label);
              size.add(gib.getSum(), label);
            });
    return List.of(count.snapshot(), size.snapshot());
  }
}

package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.Volume;
import io.namespend.exporter.price.PricedCluster.PricedVolume;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** Prices of volumes and of the claims that hold them. */
final class StorageMetrics {
  private StorageMetrics() {}

  static List<MetricSnapshot> of(List<PricedVolume> volumes) {
    var rate =
        new GaugeFamily(
            "pv_hourly_cost",
            "[STABLE] Price of one GiB of the volume for one hour, IOPS and throughput included,"
                + " from the volume's storage class.",
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
    return List.of(rate.snapshot(), claims.snapshot(), unclaimed.snapshot());
  }
}

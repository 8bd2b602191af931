package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.ClusterSource;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;

/** How the exporter itself is. Reads only what is in memory. */
public final class HealthMetrics implements MultiCollector {
  private final ClusterSource cluster;
  private final Instant pricesLoaded;
  private final String version;

  public HealthMetrics(ClusterSource cluster, Instant pricesLoaded, String version) {
    this.cluster = cluster;
    this.pricesLoaded = pricesLoaded;
    this.version = version;
  }

  @Override
  public MetricSnapshots collect() {
    var build =
        new InfoFamily(
            "namespend_build", "[STABLE] Version of the exporter and its JVM.", "version", "java");
    build.add(version, System.getProperty("java.version"));
    var synced =
        new GaugeFamily(
            "namespend_cluster_sync_timestamp_seconds",
            "[STABLE] When the exporter last knew its objects of this kind to be current.",
            "kind");
    var objects =
        new GaugeFamily(
            "namespend_cluster_sync_objects",
            "[STABLE] Objects of this kind that the exporter holds.",
            "kind");
    cluster
        .syncs()
        .forEach(
            sync -> {
              synced.add(sync.lastHeard().map(HealthMetrics::seconds).orElse(0.0), sync.kind());
              objects.add(sync.objects(), sync.kind());
            });
    var refreshed =
        new GaugeFamily(
            "namespend_price_refresh_success_timestamp_seconds",
            "[STABLE] When prices of this source were last loaded.",
            "source");
    refreshed.add(seconds(pricesLoaded), "builtin");
    return MetricSnapshots.of(
        build.snapshot(), synced.snapshot(), objects.snapshot(), refreshed.snapshot());
  }

  private static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1000.0;
  }
}

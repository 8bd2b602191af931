package io.namespend.exporter.exposition;

import io.namespend.exporter.price.refresh.RefreshStatus;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** How the exporter itself is. Reads only what is in memory. */
public final class HealthMetrics implements MultiCollector {
  private final Instant pricesLoaded;
  private final Supplier<List<RefreshStatus>> refreshes;
  private final String version;

  /**
   * @param pricesLoaded when the built-in prices were read
   * @param refreshes how the other price sources are
   */
  public HealthMetrics(
      Instant pricesLoaded, Supplier<List<RefreshStatus>> refreshes, String version) {
    this.pricesLoaded = pricesLoaded;
    this.refreshes = refreshes;
    this.version = version;
  }

  @Override
  public MetricSnapshots collect() {
    var build =
        new InfoFamily(
            "namespend_build", "[STABLE] Version of the exporter and its JVM.", "version", "java");
    build.add(version, System.getProperty("java.version"));
    return MetricSnapshots.of(build.snapshot(), refreshed(), failures());
  }

  private GaugeSnapshot refreshed() {
    var family =
        new GaugeFamily(
            "namespend_price_refresh_success_timestamp_seconds",
            "[STABLE] When the newest prices of this source were fetched; 0 before the first.",
            "source");
    family.add(seconds(pricesLoaded), "builtin");
    refreshes
        .get()
        .forEach(
            status ->
                family.add(
                    status.lastSuccess().map(HealthMetrics::seconds).orElse(0.0), status.source()));
    return family.snapshot();
  }

  private CounterSnapshot failures() {
    CounterSnapshot.Builder family =
        CounterSnapshot.builder()
            .name("namespend_price_refresh_failures")
            .help("[STABLE] Refreshes of this source that failed; its last good prices stay.");
    refreshes
        .get()
        .forEach(
            status ->
                family.dataPoint(
                    CounterDataPointSnapshot.builder()
                        .labels(Labels.of("source", status.source()))
                        .value((double) status.failures())
                        .build()));
    return family.build();
  }

  private static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1000.0;
  }
}

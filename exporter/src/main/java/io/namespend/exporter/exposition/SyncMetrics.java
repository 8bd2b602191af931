package io.namespend.exporter.exposition;

import io.namespend.exporter.cluster.ClusterSource;
import io.namespend.exporter.cluster.watch.KindSync;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How true the published cluster is: how fresh, how complete, and whether it reaches Prometheus
 * under its own labels. Reads only what is in memory.
 */
public final class SyncMetrics implements MultiCollector {
  private final ClusterSource cluster;
  private final MetricsPublisher publisher;

  public SyncMetrics(ClusterSource cluster, MetricsPublisher publisher) {
    this.cluster = cluster;
    this.publisher = publisher;
  }

  @Override
  public MetricSnapshots collect() {
    var heard =
        new GaugeFamily(
            "namespend_cluster_sync_timestamp_seconds",
            "[STABLE] When the exporter last knew its objects of this kind to be current; 0 before"
                + " the first time.",
            "kind");
    var current =
        new GaugeFamily(
            "namespend_cluster_sync_current",
            "[STABLE] 1 while the exporter follows its objects of this kind; 0 before the first"
                + " answer, and while the last request for them failed.",
            "kind");
    var objects =
        new GaugeFamily(
            "namespend_cluster_sync_objects",
            "[STABLE] Objects of this kind that the exporter holds.",
            "kind");
    var unreadable =
        new GaugeFamily(
            "namespend_cluster_unreadable_objects",
            "[STABLE] Objects of this kind that are invalid, and so cost nothing.",
            "kind");
    var limited =
        new GaugeFamily(
            "namespend_cluster_limited_objects",
            "[STABLE] Objects of this namespace that are over a limit of the exporter: text_cut,"
                + " unreadable or too_many; see docs/security.md.",
            "kind",
            "namespace",
            "limit");
    cluster
        .limited()
        .forEach(
            over ->
                limited.add(over.objects(), over.kind(), over.namespace(), over.limit().label()));
    CounterSnapshot.Builder blind =
        CounterSnapshot.builder()
            .name("namespend_cluster_blind_seconds")
            .help(
                "[STABLE] Seconds since the first list in which the exporter could not follow its"
                    + " objects of this kind. What is still there is made up for; what came and"
                    + " went in them is lost.");
    CounterSnapshot.Builder dropped =
        CounterSnapshot.builder()
            .name("namespend_cluster_dropped_lives")
            .help(
                "[STABLE] Objects of this kind that ended and were forgotten before their minute"
                    + " was published, because there were too many of them.");
    List<KindSync> syncs = cluster.syncs();
    for (KindSync sync : syncs) {
      heard.add(seconds(sync.lastHeard()), sync.kind());
      current.add(sync.isCurrent() ? 1 : 0, sync.kind());
      objects.add(sync.objects(), sync.kind());
      unreadable.add(sync.unreadable(), sync.kind());
      blind.dataPoint(point(sync.blindSeconds(), Labels.of("kind", sync.kind())));
      dropped.dataPoint(point((double) sync.dropped(), Labels.of("kind", sync.kind())));
    }
    MetricsPublisher.Rebuilds rebuilds = publisher.rebuilds();
    var rebuilt =
        new GaugeFamily(
            "namespend_rebuild_success_timestamp_seconds",
            "[STABLE] When the published metrics were built; 0 before the first time.");
    rebuilt.add(seconds(rebuilds.lastSuccess()));
    return MetricSnapshots.of(
        heard.snapshot(),
        current.snapshot(),
        objects.snapshot(),
        unreadable.snapshot(),
        limited.snapshot(),
        blind.build(),
        dropped.build(),
        failures(syncs),
        rebuilt.snapshot(),
        CounterSnapshot.builder()
            .name("namespend_rebuild_failures")
            .help("[STABLE] Failures to build metrics from the cluster; the last ones stay.")
            .dataPoint(point((double) rebuilds.failures(), Labels.EMPTY))
            .build(),
        honoredLabels());
  }

  /** Its labels are those that scrapers set themselves, and override without honorLabels. */
  private static InfoSnapshot honoredLabels() {
    var family =
        new InfoFamily(
            "namespend_honor_labels",
            "[STABLE] A scraper that keeps the exporter's labels stores it with these values; see"
                + " alert NamespendLabelsRenamed.",
            "namespace",
            "pod",
            "node",
            "instance");
    family.add("honored", "honored", "honored", "honored");
    return family.snapshot();
  }

  private static CounterSnapshot failures(List<KindSync> syncs) {
    CounterSnapshot.Builder family =
        CounterSnapshot.builder()
            .name("namespend_cluster_sync_failures")
            .help("[STABLE] Requests to the Kubernetes API that failed; what was read last stays.");
    for (KindSync sync : syncs) {
      sync.failures()
          .forEach(
              (failure, count) ->
                  family.dataPoint(
                      point(
                          (double) count,
                          Labels.of("kind", sync.kind(), "reason", failure.label()))));
    }
    return family.build();
  }

  private static CounterDataPointSnapshot point(double count, Labels labels) {
    return CounterDataPointSnapshot.builder().labels(labels).value(count).build();
  }

  private static double seconds(Optional<Instant> instant) {
    return instant.map(time -> time.toEpochMilli() / 1000.0).orElse(0.0);
  }
}

package io.namespend.exporter.exposition;

import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.ArrayList;
import java.util.List;

/** Collects the series of one {@code _info} metric, whose value is always 1. */
final class InfoFamily {
  private final MetricMetadata metadata;
  private final String[] labelNames;
  private final List<InfoDataPointSnapshot> points = new ArrayList<>();

  /**
   * @param name without the suffix {@code _info}, which the exposition adds
   */
  InfoFamily(String name, String help, String... labelNames) {
    this.metadata = new MetricMetadata(name, help);
    this.labelNames = labelNames;
  }

  void add(String... labelValues) {
    points.add(new InfoDataPointSnapshot(Labels.of(labelNames, labelValues)));
  }

  InfoSnapshot snapshot() {
    return new InfoSnapshot(metadata, points);
  }
}

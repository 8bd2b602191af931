package io.namespend.exporter.exposition;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.ArrayList;
import java.util.List;

/** Collects the series of one gauge. */
final class GaugeFamily {
  private final MetricMetadata metadata;
  private final String[] labelNames;
  private final List<GaugeDataPointSnapshot> points = new ArrayList<>();

  GaugeFamily(String name, String help, String... labelNames) {
    this.metadata = new MetricMetadata(name, help);
    this.labelNames = labelNames;
  }

  /**
   * @param labelValues in the order of the names
   */
  void add(double value, String... labelValues) {
    add(value, Labels.of(labelNames, labelValues));
  }

  /** Adds a series with labels that another family with the same names may have too. */
  void add(double value, Labels labels) {
    points.add(series(value, labels));
  }

  GaugeSnapshot snapshot() {
    return new GaugeSnapshot(metadata, points);
  }

  static GaugeDataPointSnapshot series(double value, Labels labels) {
    return new GaugeDataPointSnapshot(value, labels, null);
  }
}

package io.namespend.exporter.exposition;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.ArrayList;
import java.util.Comparator;
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
  GaugeDataPointSnapshot add(double value, String... labelValues) {
    GaugeDataPointSnapshot point =
        new GaugeDataPointSnapshot(value, Labels.of(labelNames, labelValues), null);
    points.add(point);
    return point;
  }

  /** Adds a series that a family of the same name and labels made before. */
  void add(GaugeDataPointSnapshot other) {
    points.add(other);
  }

  /** Adds series that a family of the same name and labels made before. */
  void addAll(List<GaugeDataPointSnapshot> others) {
    points.addAll(others);
  }

  /** What was added so far, in the order in which it is published. */
  List<GaugeDataPointSnapshot> points() {
    return points.stream().sorted(Comparator.comparing(GaugeDataPointSnapshot::getLabels)).toList();
  }

  GaugeSnapshot snapshot() {
    return new GaugeSnapshot(metadata, points);
  }
}

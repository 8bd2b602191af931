package io.namespend.exporter.exposition;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Which series of a family came and went. */
final class SeriesChange {
  private static final Comparator<DataPointSnapshot> AS_PUBLISHED =
      Comparator.comparing(DataPointSnapshot::getLabels);

  private final List<GaugeDataPointSnapshot> added = new ArrayList<>();
  private final Set<GaugeDataPointSnapshot> removed =
      Collections.newSetFromMap(new IdentityHashMap<>(0));

  void add(GaugeDataPointSnapshot series) {
    added.add(series);
  }

  void remove(GaugeDataPointSnapshot series) {
    removed.add(series);
  }

  /**
   * The series after the change, in the order in which they are published. It costs little where
   * little changed, since what is mostly sorted is sorted fast.
   *
   * @param before in that order
   */
  List<GaugeDataPointSnapshot> of(List<GaugeDataPointSnapshot> before) {
    if (added.isEmpty() && removed.isEmpty()) {
      return before;
    }
    List<GaugeDataPointSnapshot> after = new ArrayList<>(before.size() + added.size());
    for (GaugeDataPointSnapshot one : before) {
      if (!removed.contains(one)) {
        after.add(one);
      }
    }
    after.addAll(added);
    after.sort(AS_PUBLISHED);
    return List.copyOf(after);
  }
}

package io.namespend.exporter.exposition;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * A few series of a family that stand together: what is written anew when one of them changes. The
 * library puts the runs of a family together.
 *
 * @param series in the order in which they were given
 * @param metric the same, as they are published
 */
record SeriesRun(List<GaugeDataPointSnapshot> series, GaugeSnapshot metric) {

  /** Cuts the series of a family into runs, and keeps the runs that are as they were. */
  static final class Cutter {
    /**
     * One pod or workload of so many begins a run. Shorter runs compress worse; of longer ones more
     * is written anew for the series that changed.
     */
    private static final int LENGTH = 16;

    private final MetricMetadata family;

    /** By their first series. */
    private final IdentityHashMap<GaugeDataPointSnapshot, SeriesRun> before =
        new IdentityHashMap<>();

    private final List<SeriesRun> runs = new ArrayList<>();
    private final List<GaugeDataPointSnapshot> run = new ArrayList<>();

    Cutter(MetricMetadata family, List<SeriesRun> before) {
      this.family = family;
      before.forEach(each -> this.before.put(each.series.get(0), each));
    }

    /**
     * Says that what is added from now on is about the next pod or workload.
     *
     * @param hash of it; it alone says whether a run begins here, so that after a change the other
     *     runs begin where they did
     */
    void next(int hash) {
      if (hash % LENGTH == 0) {
        cut();
      }
    }

    void add(GaugeDataPointSnapshot series) {
      run.add(series);
    }

    /** All runs, when all series were added. */
    List<SeriesRun> runs() {
      cut();
      return List.copyOf(runs);
    }

    private void cut() {
      if (run.isEmpty()) {
        return;
      }
      SeriesRun known = before.get(run.get(0));
      runs.add(
          known != null && isSame(known.series, run)
              ? known
              : new SeriesRun(List.copyOf(run), new GaugeSnapshot(family, run)));
      run.clear();
    }

    // To compare what is equal would take as long as to write it.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(
        List<GaugeDataPointSnapshot> one, List<GaugeDataPointSnapshot> other) {
      if (one.size() != other.size()) {
        return false;
      }
      for (int i = 0; i < one.size(); i++) {
        if (one.get(i) != other.get(i)) {
          return false;
        }
      }
      return true;
    }
  }
}

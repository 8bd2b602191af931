package io.namespend.testbed.backfill;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes series over time, sparingly: before Prometheus would forget them. A gauge that ends is
 * written once more as 0, because a file cannot say that it is stale.
 */
final class GaugeHistory {
  /** Below Prometheus' look-back of 5 minutes. */
  static final long REFRESH_SECONDS = 240;

  /** A counter that fell to 0 would be a restart. */
  private static final String COUNTER = "container_cpu_usage_seconds_total";

  private record Written(double value, long second) {}

  private final OpenMetricsFile file;
  private final boolean steps;
  private final Map<String, Written> last = new HashMap<>();

  private GaugeHistory(OpenMetricsFile file, boolean steps) {
    this.file = file;
    this.steps = steps;
  }

  /** For values that stay until they change: each change is written. */
  static GaugeHistory ofSteps(OpenMetricsFile file) {
    return new GaugeHistory(file, true);
  }

  /** For values that move all the time: they are sampled. */
  static GaugeHistory ofWaves(OpenMetricsFile file) {
    return new GaugeHistory(file, false);
  }

  /**
   * @param page all series of that second
   */
  void write(Map<String, Double> page, long second) {
    page.forEach(
        (series, value) -> {
          Written before = last.get(series);
          if (before == null
              || (steps && before.value != value)
              || second - before.second >= REFRESH_SECONDS) {
            file.sample(series, value, second);
            last.put(series, new Written(value, second));
          }
        });
    Iterator<String> known = last.keySet().iterator();
    while (known.hasNext()) {
      String series = known.next();
      if (!page.containsKey(series)) {
        if (!series.startsWith(COUNTER)) {
          file.sample(series, 0, second);
        }
        known.remove();
      }
    }
  }
}

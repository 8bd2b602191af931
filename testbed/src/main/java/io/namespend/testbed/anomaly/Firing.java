package io.namespend.testbed.anomaly;

import java.util.Map;

/**
 * An alert that fired once.
 *
 * @param begin first hour
 * @param end the hour after the last
 */
record Firing(String alert, Map<String, String> labels, int begin, int end) {
  Firing {
    labels = Map.copyOf(labels);
  }

  boolean overlaps(int from, int to) {
    return begin < to && from < end;
  }

  String label(String name) {
    return labels.getOrDefault(name, "");
  }
}

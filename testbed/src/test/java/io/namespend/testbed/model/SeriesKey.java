package io.namespend.testbed.model;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A series without its value.
 *
 * @param labels without the name, and without empty ones, which are the same as absent
 */
public record SeriesKey(String metric, Map<String, String> labels) {
  public SeriesKey {
    Map<String, String> sorted = new TreeMap<>(labels);
    sorted.remove("__name__");
    sorted.values().removeIf(String::isEmpty);
    labels = sorted;
  }

  /**
   * @param labels alternating names and values
   */
  public static SeriesKey of(String metric, String... labels) {
    Map<String, String> map = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      map.put(labels[i], labels[i + 1]);
    }
    return new SeriesKey(metric, map);
  }

  @Override
  public String toString() {
    return labels.entrySet().stream()
        .map(label -> "%s=\"%s\"".formatted(label.getKey(), label.getValue()))
        .collect(Collectors.joining(", ", metric + "{", "}"));
  }
}

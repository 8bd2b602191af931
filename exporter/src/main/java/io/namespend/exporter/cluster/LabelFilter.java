package io.namespend.exporter.cluster;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps of an object's labels those that somebody asks for, and one copy for all objects with the
 * same: pods of a workload have equal labels.
 */
final class LabelFilter {
  /** Beyond it copies are made again: labels such as a job's own name have no end. */
  private static final int MOST_COPIES = 10_000;

  private final Set<String> keys;
  private final Map<Map<String, String>, Map<String, String>> copies = new ConcurrentHashMap<>();

  /**
   * @param keys of the labels to keep
   */
  LabelFilter(Set<String> keys) {
    this.keys = Set.copyOf(keys);
  }

  Map<String, String> kept(@Nullable Map<String, String> labels) {
    if (labels == null) {
      return Map.of();
    }
    Map<String, String> kept =
        keys.stream()
            .filter(key -> labels.get(key) != null)
            .collect(Collectors.toUnmodifiableMap(key -> key, labels::get));
    if (kept.isEmpty()) {
      return Map.of();
    }
    if (copies.size() > MOST_COPIES) {
      copies.clear();
    }
    return copies.computeIfAbsent(kept, same -> same);
  }
}

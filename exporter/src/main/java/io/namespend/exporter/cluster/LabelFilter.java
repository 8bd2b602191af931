package io.namespend.exporter.cluster;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps of an object's labels those that somebody asks for and that have a value, and one copy for
 * all objects with the same: pods of a workload have equal labels. A label without a value names
 * nobody, so it must not hide that of another object that does.
 */
final class LabelFilter {
  private final Set<String> keys;
  private final Copies copies = new Copies();

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
            .filter(key -> hasValue(labels.get(key)))
            .collect(Collectors.toUnmodifiableMap(key -> key, labels::get));
    return kept.isEmpty() ? Map.of() : copies.same(kept);
  }

  private static boolean hasValue(@Nullable String label) {
    return label != null && !label.isEmpty();
  }
}

package io.namespend.exporter.cluster.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Keeps of an object's labels those that somebody asks for and that have a value, and one copy for
 * all objects with the same: pods of a workload have equal labels. A label without a value names
 * nobody, so it must not hide that of another object that does.
 */
public final class LabelFilter {
  private final Set<String> keys;
  private final Copies copies = new Copies();

  /**
   * @param keys of the labels to keep
   */
  public LabelFilter(Set<String> keys) {
    this.keys = Set.copyOf(keys);
  }

  /**
   * @param metadata of the object
   */
  public Map<String, String> kept(JsonNode metadata) {
    JsonNode labels = Fields.object(metadata, "labels");
    Map<String, String> kept = new HashMap<>();
    for (String key : keys) {
      String value = Fields.text(labels, key);
      if (!value.isEmpty()) {
        kept.put(key, value);
      }
    }
    return kept.isEmpty() ? Map.of() : copies.same(Map.copyOf(kept));
  }
}

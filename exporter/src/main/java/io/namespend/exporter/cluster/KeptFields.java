package io.namespend.exporter.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of an object are kept while it is parsed. The others, which are most of a pod, take
 * no memory and little time.
 */
final class KeptFields {
  /** Keeps all. */
  static final KeptFields ALL = new KeptFields();

  /** Empty if all are kept. */
  private final Map<String, KeptFields> byName = new HashMap<>();

  private KeptFields() {}

  /**
   * @param paths such as {@code metadata.name}, with all that is below; of a list, fields of its
   *     elements. A name with dots stands in brackets
   */
  static KeptFields of(String... paths) {
    KeptFields kept = new KeptFields();
    for (String path : paths) {
      KeptFields parent = kept;
      for (String name : path.split("\\.(?![^\\[]*\\])", -1)) {
        String plain = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
        parent = parent.byName.computeIfAbsent(plain, field -> new KeptFields());
      }
    }
    return kept;
  }

  /** All that any of them keeps. */
  static KeptFields union(Collection<KeptFields> all) {
    KeptFields union = new KeptFields();
    if (all.stream().anyMatch(kept -> kept.byName.isEmpty())) {
      return union;
    }
    Map<String, List<KeptFields>> fields = new HashMap<>();
    for (KeptFields kept : all) {
      kept.byName.forEach(
          (name, below) -> fields.computeIfAbsent(name, first -> new ArrayList<>()).add(below));
    }
    fields.forEach((name, below) -> union.byName.put(name, union(below)));
    return union;
  }

  /** The same fields, of what is in a field. */
  KeptFields in(String field) {
    KeptFields kept = new KeptFields();
    kept.byName.put(field, this);
    return kept;
  }

  /** A field more. */
  KeptFields with(String field) {
    KeptFields kept = new KeptFields();
    kept.byName.putAll(byName);
    kept.byName.put(field, ALL);
    return kept;
  }

  /** What to keep of a field's value; null if nothing. */
  @Nullable KeptFields get(String field) {
    return byName.isEmpty() ? ALL : byName.get(field);
  }
}

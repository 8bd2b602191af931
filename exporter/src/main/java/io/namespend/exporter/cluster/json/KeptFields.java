package io.namespend.exporter.cluster.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of an object are kept while it is parsed. The others, which are most of a pod, take
 * no memory and little time.
 */
public final class KeptFields {
  /** Characters of a text that has no bound of its own. Resource ids of clouds have 400. */
  private static final int LONGEST = 1_024;

  /** Kubernetes' own bounds, of fields that end up in labels of metrics. */
  private static final Map<String, Integer> LONGEST_OF =
      Map.of(
          "name", 253,
          "namespace", 253,
          "generateName", 253,
          "nodeName", 253,
          "kind", 63,
          "continue", 2 * BoundedJson.LONGEST_TEXT,
          "labels", 63);

  /** What a field is for; the last of them weighs most. */
  private enum Role {
    CONTENT,
    /** Of a watch, around the object. */
    MESSAGE,
    IDENTITY
  }

  /** What tells an object from others, and a watch where it is. */
  private static final Set<String> IDENTITY =
      Set.of("metadata.name", "metadata.namespace", "metadata.resourceVersion");

  /** Keeps all. */
  static final KeptFields ALL = new KeptFields(LONGEST, Role.CONTENT);

  /** Empty if all are kept. */
  private final Map<String, KeptFields> byName = new HashMap<>();

  private final int longest;
  private final Role role;

  private KeptFields(int longest, Role role) {
    this.longest = longest;
    this.role = role;
  }

  /**
   * @param paths such as {@code metadata.name}, with all that is below; of a list, fields of its
   *     elements. A name with dots stands in brackets
   */
  public static KeptFields of(String... paths) {
    KeptFields kept = new KeptFields(LONGEST, Role.CONTENT);
    for (String path : paths) {
      KeptFields parent = kept;
      for (String name : path.split("\\.(?![^\\[]*\\])", -1)) {
        String plain = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
        Role role = IDENTITY.contains(path) ? Role.IDENTITY : Role.CONTENT;
        parent =
            parent.byName.computeIfAbsent(
                plain, field -> new KeptFields(LONGEST_OF.getOrDefault(field, LONGEST), role));
      }
    }
    return kept;
  }

  /** All that any of them keeps. */
  public static KeptFields union(Collection<KeptFields> all) {
    KeptFields union =
        new KeptFields(
            all.stream().mapToInt(kept -> kept.longest).max().orElse(LONGEST),
            all.stream()
                .map(kept -> kept.role)
                .max(Comparator.naturalOrder())
                .orElse(Role.CONTENT));
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
  public KeptFields in(String field) {
    KeptFields kept = new KeptFields(LONGEST, Role.CONTENT);
    kept.byName.put(field, this);
    return kept;
  }

  /** A field more. */
  public KeptFields with(String field) {
    KeptFields kept = new KeptFields(LONGEST, Role.CONTENT);
    kept.byName.putAll(byName);
    kept.byName.put(field, new KeptFields(LONGEST, Role.MESSAGE));
    return kept;
  }

  /** What to keep of a field's value; null if nothing. */
  public @Nullable KeptFields get(String field) {
    return byName.isEmpty() ? this : byName.get(field);
  }

  /** Characters that a text may have. */
  int longest() {
    return longest;
  }

  /** Whether the field has a bound of its own, which Kubernetes has too. */
  boolean isBounded() {
    return longest < LONGEST;
  }

  /** Whether it is kept however large the object is. */
  boolean isEssential() {
    return role != Role.CONTENT;
  }

  /** Whether it tells the object that it is in from others. */
  boolean isIdentity() {
    return role == Role.IDENTITY;
  }
}

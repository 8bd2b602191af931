package io.namespend.exporter.policy.file;

import io.namespend.exporter.policy.pool.NamespaceGlobs;
import io.namespend.exporter.settings.Wildcard;
import io.namespend.foundation.settings.Section;
import java.util.regex.Pattern;

/** Reads lists of namespaces. */
final class Globs {
  private static final Pattern GLOB = Pattern.compile("[a-z0-9*-]{1,63}");

  private Globs() {}

  /** An empty list is a problem; {@code otherwise} where there is none. */
  static NamespaceGlobs optional(Section section, String key, NamespaceGlobs otherwise) {
    return section.has(key) ? required(section, key) : otherwise;
  }

  static NamespaceGlobs required(Section section, String key) {
    String remedy = "write at least one namespace, such as [shop, \"team-*\"]";
    if (section.requires(key, remedy)
        && section.value(key).isArray()
        && section.value(key).isEmpty()) {
      section.problem(key, remedy);
    }
    return new NamespaceGlobs(section.at(key), section.parsedItems(key, Globs::glob));
  }

  static Wildcard glob(String text) {
    if (!GLOB.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "write a namespace: lower-case letters, digits and hyphens; * matches any of them");
    }
    return new Wildcard(text);
  }
}

package io.namespend.exporter.policy.file;

import io.namespend.exporter.policy.pool.Pool;
import io.namespend.exporter.settings.LabelValue;
import io.namespend.foundation.settings.Section;
import java.util.HashSet;
import java.util.Set;

/** The names of pools and services, each of which may be there once. */
final class Names {
  private final Set<String> taken = new HashSet<>();

  /** The name of a pool; empty if it has none. */
  String ofPool(Section section) {
    String name = text(section);
    if (!name.isEmpty() && !taken.add(name)) {
      section.problem("name", "is there twice; pools and services need names of their own");
    }
    return name;
  }

  /** The name of a service; empty if it has none. */
  String ofService(Section section) {
    String name = text(section);
    if (Pool.STANDING.contains(name)) {
      section.problem("name", "is a pool that every cluster has; choose another name");
    } else if (!name.isEmpty() && !taken.add(name)) {
      section.problem("name", "is there twice; pools and services need names of their own");
    }
    return name;
  }

  private static String text(Section section) {
    section.requires("name", "write a name of its own");
    return section.parsed("name", LabelValue::parse).orElse("");
  }
}

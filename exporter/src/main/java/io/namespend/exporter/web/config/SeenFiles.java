package io.namespend.exporter.web.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/** Files that were looked at, and how they were just before. */
final class SeenFiles {
  private final Map<Path, String> states = new HashMap<>();

  /** To be called before a file is read, so that no change falls between. */
  void see(Path file) {
    states.put(file, state(file));
  }

  boolean changed() {
    return states.entrySet().stream()
        .anyMatch(seen -> !seen.getValue().equals(state(seen.getKey())));
  }

  /** A mounted Secret is a link: its target changes, and may have the same time and size. */
  private static String state(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return "%s %s %s %s %s"
          .formatted(
              file.toRealPath(),
              now.lastModifiedTime(),
              now.size(),
              now.fileKey(),
              Files.isReadable(file));
    } catch (IOException e) {
      return "not there";
    }
  }
}

package io.namespend.testbed.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** The last changes of all objects, for those who watch. */
final class ChangeLog {
  private static final int KEPT = 20_000;
  private static final long BOOKMARK_MILLIS = 10_000;

  private record Change(long version, String path, String line) {}

  /**
   * What a watch is told next.
   *
   * @param version up to which it has then been told all
   * @param isEnd whether it cannot go on, because older changes are forgotten
   */
  record News(long version, String lines, boolean isEnd) {}

  private final Deque<Change> changes = new ArrayDeque<>();
  private long version = 1;

  synchronized long version() {
    return version;
  }

  synchronized void add(String path, String type, ObjectNode object) {
    version++;
    object.withObject("/metadata").put("resourceVersion", Long.toString(version));
    changes.add(
        new Change(version, path, "{\"type\":\"%s\",\"object\":%s}\n".formatted(type, object)));
    if (changes.size() > KEPT) {
      changes.remove();
    }
    notifyAll();
  }

  /** Waits for changes under that path; after ten seconds without one it is a bookmark. */
  synchronized News after(long known, String path) throws InterruptedException {
    if (!changes.isEmpty() && changes.element().version() > known + 1) {
      return new News(
          known,
          "{\"type\":\"ERROR\",\"object\":{\"code\":410,\"message\":\"too old: %d\"}}\n"
              .formatted(known),
          true);
    }
    long deadline = System.nanoTime() + BOOKMARK_MILLIS * 1_000_000;
    while (true) {
      List<Change> news =
          changes.stream()
              .filter(change -> change.version() > known && change.path().equals(path))
              .toList();
      if (!news.isEmpty()) {
        return new News(
            version, news.stream().map(Change::line).collect(Collectors.joining()), false);
      }
      long wait = (deadline - System.nanoTime()) / 1_000_000;
      if (wait <= 0) {
        return new News(
            version,
            "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"%d\"}}}\n"
                .formatted(version),
            false);
      }
      wait(wait);
    }
  }
}

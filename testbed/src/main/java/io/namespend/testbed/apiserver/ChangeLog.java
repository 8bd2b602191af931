package io.namespend.testbed.apiserver;

import java.util.ArrayList;
import java.util.List;

/** The last changes of one kind, small: what an object looked like is written anew. */
final class ChangeLog {
  /** As an API server, it forgets. */
  private static final int KEPT = 200_000;

  enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }

  /**
   * A change of an object.
   *
   * @param state of the object after the change, as its kind understands it
   */
  record Change(long version, Type type, int place, int state) {}

  private final Change[] changes = new Change[KEPT];
  private long added;
  private long version = 1;

  synchronized long version() {
    return version;
  }

  /**
   * @return its version
   */
  synchronized long add(Type type, int place, int state) {
    version++;
    changes[(int) (added++ % KEPT)] = new Change(version, type, place, state);
    notifyAll();
    return version;
  }

  /** Whether changes after a version are forgotten. */
  synchronized boolean isForgotten(long known) {
    return known < version - Math.min(added, KEPT);
  }

  /** The next changes, at most so many; waits for the first until the deadline. */
  synchronized List<Change> after(long known, int most, long deadlineNanos)
      throws InterruptedException {
    while (version <= known) {
      long wait = (deadlineNanos - System.nanoTime()) / 1_000_000;
      if (wait <= 0) {
        return List.of();
      }
      wait(wait);
    }
    List<Change> found = new ArrayList<>();
    // Versions have no gaps.
    for (long next = added - (version - known); next < added && found.size() < most; next++) {
      found.add(changes[(int) (next % KEPT)]);
    }
    return found;
  }
}

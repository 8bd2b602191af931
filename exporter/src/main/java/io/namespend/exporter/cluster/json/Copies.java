package io.namespend.exporter.cluster.json;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One copy for all that are equal: 150,000 pods have 5,000 nodes, 15,000 owners and a few hundred
 * different requests.
 */
public final class Copies {
  /** Beyond it copies are made again: names such as those of Jobs have no end. */
  private static final long MOST = Math.min(100_000, Runtime.getRuntime().maxMemory() / 4_096);

  private final Map<Object, Object> copies = new ConcurrentHashMap<>();

  /** An equal object, the same for all that ask. */
  public <T> T same(T value) {
    if (copies.size() > MOST) {
      copies.clear();
    }
    // Mostly known; to look whether it is locks nothing.
    Object known = copies.get(value);
    @SuppressWarnings("unchecked") // what is equal is of the same class: strings, records, maps
    T same = (T) (known == null ? copies.computeIfAbsent(value, first -> first) : known);
    return same;
  }

  /** Whether two are equal; fast where they mostly are copies. */
  @SuppressWarnings("ReferenceEquality")
  public static boolean isSame(Object one, Object other) {
    return one == other || one.equals(other);
  }
}

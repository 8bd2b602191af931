package io.namespend.exporter.cluster.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much of the heap objects may take, all kinds together: nobody's objects end the process. One
 * namespace may have half of it, so that there is room for the others.
 */
public final class Room {
  /** Of a heap, what the program itself takes, and what is left for garbage and snapshots. */
  private static final long PROGRAM = 16L << 20;

  private static final double SHARE = 0.7;

  private final long all;
  private final Map<String, Long> taken = new ConcurrentHashMap<>();
  private long sum;

  /**
   * @param bytes for all objects
   */
  public Room(long bytes) {
    this.all = bytes;
  }

  public static Room ofHeap() {
    return new Room(ofHeap(Runtime.getRuntime().maxMemory()));
  }

  /** Room in a heap of a size. */
  public static long ofHeap(long heap) {
    return Math.max(heap / 4, (long) ((heap - PROGRAM) * SHARE));
  }

  /** False if there is none left. */
  public synchronized boolean take(String namespace, int bytes) {
    if (!has(namespace, bytes)) {
      return false;
    }
    taken.merge(namespace, (long) bytes, Long::sum);
    sum += bytes;
    return true;
  }

  public synchronized void give(String namespace, int bytes) {
    taken.computeIfPresent(namespace, (key, of) -> of > bytes ? of - bytes : null);
    sum -= bytes;
  }

  /** Whether so much would fit. */
  public synchronized boolean has(String namespace, long bytes) {
    long of = taken.getOrDefault(namespace, 0L) + bytes;
    // What is in no namespace is of administrators.
    return sum + bytes <= all && (namespace.isEmpty() || of <= all / 2);
  }
}

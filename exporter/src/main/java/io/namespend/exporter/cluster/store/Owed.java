package io.namespend.exporter.cluster.store;

import io.namespend.exporter.cluster.json.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Seconds of minutes that were published without them, because they were told too late. They are
 * made up for in the minutes that follow, one for one. Bounded. For one thread.
 */
final class Owed<R extends Held<R>> {
  /** What is told later is not made up for: hours of an outage are not paid in those after it. */
  static final long MOST_SECONDS = 600;

  static final int MOST = 50_000;

  private record Key(ObjectKey object, long since) {}

  /**
   * @param from since when it lacked
   * @param seconds how many of them
   * @param due when they begin to be made up for
   */
  private record Debt<R>(R record, long from, long seconds, long due) {}

  private final LinkedHashMap<Key, Debt<R>> debts = new LinkedHashMap<>();
  private long dropped;

  /**
   * @param knownUntil what began by then was told in time
   * @param until its end, as far as is known
   * @param published the end of the last minute that was published
   */
  void add(ObjectKey object, R record, long knownUntil, long until, long published) {
    long from = Math.max(Math.max(record.since(), knownUntil), published - MOST_SECONDS);
    long seconds = Math.min(until, published) - from;
    if (seconds <= 0) {
      return;
    }
    if (debts.size() >= MOST) {
      dropped++;
      return;
    }
    debts.putIfAbsent(
        new Key(object, record.since()), new Debt<>(record, from, seconds, published));
  }

  /** It had ended before it was told. */
  void ended(ObjectKey object, long since, long until) {
    debts.computeIfPresent(
        new Key(object, since),
        (key, debt) -> {
          long seconds = Math.min(debt.seconds, until - debt.from);
          return seconds <= 0 ? null : new Debt<>(debt.record, debt.from, seconds, debt.due);
        });
  }

  long dropped() {
    return dropped;
  }

  /** Forgets what was made up for before a second. */
  void forget(long second) {
    debts.values().removeIf(debt -> debt.due + debt.seconds <= second);
  }

  /** What a minute makes up for, by object. */
  Map<ObjectKey, List<MinuteRecords.Part<R>>> in(Minute minute) {
    Map<ObjectKey, List<MinuteRecords.Part<R>>> found = new HashMap<>();
    long begin = minute.beginSecond();
    debts.forEach(
        (key, debt) -> {
          long seconds =
              Math.min(minute.endSecond(), debt.due + debt.seconds) - Math.max(begin, debt.due);
          if (seconds > 0) {
            found
                .computeIfAbsent(key.object, first -> new ArrayList<>())
                .add(
                    new MinuteRecords.Part<>(
                        debt.record, new MinuteRecords.Window(begin - seconds, begin)));
          }
        });
    return found;
  }
}

package io.namespend.exporter.cluster.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was there of a kind in a minute.
 *
 * @param records one of each object, the newest, in order
 * @param parts by record, of what was not there for the whole minute or changed in it; by identity
 */
public record MinuteRecords<R>(List<R> records, IdentityHashMap<R, List<Part<R>>> parts) {
  /** Some time, in seconds since 1970. */
  public record Window(long from, long until) {
    public long seconds() {
      return until - from;
    }

    /** How much of another one is in it. */
    long overlap(long otherFrom, long otherUntil) {
      return Math.max(0, Math.min(until, otherUntil) - Math.max(from, otherFrom));
    }
  }

  /** When an object was so; before the minute, if it makes up for seconds of earlier ones. */
  public record Part<R>(R record, Window window) {}

  /** All of them for the whole minute. */
  public static <R> MinuteRecords<R> whole(List<R> records) {
    return new MinuteRecords<>(records, new IdentityHashMap<>());
  }

  /** What part of the minute it is; above 1 where it also makes up for earlier ones. */
  static double share(List<? extends Part<?>> parts) {
    return (double) parts.stream().mapToLong(part -> part.window().seconds()).sum()
        / Minute.SECONDS;
  }

  /** When those were there that were not for the whole minute, by name. */
  public Map<String, List<Window>> windows(Function<R, String> name) {
    Map<String, List<Window>> windows = new HashMap<>();
    parts.forEach(
        (record, of) -> windows.put(name.apply(record), of.stream().map(Part::window).toList()));
    return windows;
  }

  /** With a record for each of the places where an object was in the minute. */
  public <K> MinuteRecords<R> splitBy(Function<R, K> place, Comparator<R> order) {
    List<R> more = new ArrayList<>();
    IdentityHashMap<R, List<Part<R>>> split = new IdentityHashMap<>();
    parts.forEach(
        (record, of) -> {
          Map<K, List<Part<R>>> byPlace =
              of.stream().collect(Collectors.groupingBy(part -> place.apply(part.record())));
          byPlace.forEach(
              (where, there) -> {
                R newest = there.get(there.size() - 1).record();
                if (where.equals(place.apply(record))) {
                  split.put(record, there);
                } else {
                  more.add(newest);
                  split.put(newest, there);
                }
              });
        });
    if (more.isEmpty()) {
      return this;
    }
    more.addAll(records);
    more.sort(order);
    return new MinuteRecords<>(more, split);
  }

  /** The shares of the minute that are not 1, by key. */
  public <K> Map<K, Double> shares(Function<R, K> key) {
    Map<K, Double> shares = new HashMap<>();
    parts.forEach((record, of) -> shares.put(key.apply(record), share(of)));
    return shares;
  }
}

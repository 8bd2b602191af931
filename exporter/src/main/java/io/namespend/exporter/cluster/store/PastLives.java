package io.namespend.exporter.cluster.store;

import io.namespend.exporter.cluster.json.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What ended lately, kept until its minute was published. Bounded, as a whole and for each
 * namespace, so that nobody who makes and deletes objects takes the memory or the place of others.
 * For one thread.
 */
final class PastLives<R extends Held<R>> {
  /** No published minute reaches further back, however late it is asked for. */
  static final long KEPT_SECONDS = 210;

  static final int MOST = 50_000;
  static final int MOST_OF_NAMESPACE = 10_000;

  /** A version of an object, by its begin; what is told twice is kept once. */
  private record Key(ObjectKey object, long since, long until) {}

  private final LinkedHashMap<Key, Life<R>> lives = new LinkedHashMap<>();
  private final Map<String, Integer> ofNamespace = new HashMap<>();
  private long dropped;

  void add(ObjectKey object, R record, long until, long now) {
    if (until <= now - KEPT_SECONDS || until <= record.since()) {
      return;
    }
    Key key = new Key(object, record.since(), until);
    if (lives.containsKey(key)) {
      return;
    }
    if (isFull(object)) {
      forget(now - KEPT_SECONDS);
      if (isFull(object)) {
        dropped++;
        return;
      }
    }
    lives.put(key, new Life<>(record, until));
    ofNamespace.merge(object.namespace(), 1, Integer::sum);
  }

  private boolean isFull(ObjectKey object) {
    return lives.size() >= MOST
        || ofNamespace.getOrDefault(object.namespace(), 0) >= MOST_OF_NAMESPACE;
  }

  /** How many were not kept. */
  long dropped() {
    return dropped;
  }

  int size() {
    return lives.size();
  }

  /** Forgets what ended by then. */
  void forget(long second) {
    lives
        .entrySet()
        .removeIf(
            life -> {
              boolean isOver = life.getValue().until() <= second;
              if (isOver) {
                ofNamespace.computeIfPresent(
                    life.getKey().object().namespace(),
                    (namespace, count) -> count == 1 ? null : count - 1);
              }
              return isOver;
            });
  }

  /** Those of a minute, by object, each in the order in which they ended. */
  Map<ObjectKey, List<Life<R>>> in(Minute minute) {
    Map<ObjectKey, List<Life<R>>> found = new HashMap<>();
    lives.forEach(
        (key, life) -> {
          if (life.until() > minute.beginSecond() && life.record().since() < minute.endSecond()) {
            found.computeIfAbsent(key.object(), first -> new ArrayList<>()).add(life);
          }
        });
    found.values().forEach(versions -> versions.sort(Comparator.comparingLong(Life::until)));
    return found;
  }
}

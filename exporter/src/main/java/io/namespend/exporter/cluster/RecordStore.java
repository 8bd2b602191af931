package io.namespend.exporter.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The small records of one kind of object. One thread writes, any may read.
 *
 * @param <R> what is kept of an object
 */
final class RecordStore<R> {
  private final Kind kind;
  private final Function<JsonNode, Optional<R>> toRecord;
  private final UnaryOperator<R> share;
  private final Copies copies;
  private final Runnable onChange;

  private final KeyedRecords<R> records = new KeyedRecords<>();
  private volatile long changes;

  private final Room room;
  private final ObjectLimits limits;

  /**
   * @param toRecord gives none for an object that matters only by its name
   * @param share gives an equal record that shares what it can with others
   * @param copies to share
   * @param room shared by all kinds
   * @param onChange called when a record is new, different, or gone
   */
  RecordStore(
      Kind kind,
      Function<JsonNode, Optional<R>> toRecord,
      UnaryOperator<R> share,
      Copies copies,
      Room room,
      Runnable onChange) {
    this.kind = kind;
    this.toRecord = toRecord;
    this.share = share;
    this.copies = copies;
    this.room = room;
    this.limits = new ObjectLimits(kind);
    this.onChange = onChange;
  }

  /** Changes as the cluster does. */
  KeyedRecords<R> records() {
    return records;
  }

  /** How often a record was new, different, or gone. */
  long changes() {
    return changes;
  }

  int size() {
    return records.size();
  }

  int unreadable() {
    return limits.count(Limit.UNREADABLE);
  }

  List<LimitedObjects> limited() {
    return limits.byNamespace();
  }

  /** Whether there would be room now for what was left out. */
  boolean lacks() {
    return limits.byNamespace().stream()
        .filter(over -> over.limit() == Limit.TOO_MANY)
        .anyMatch(over -> room.has(over.namespace(), (long) over.objects() * kind.bytes()));
  }

  /** All objects are about to be put again. */
  void beginList() {
    limits.forget(Limit.TOO_MANY);
  }

  /**
   * Keeps what matters of the object. One that cannot be read must not stop all others.
   *
   * @return its key; empty if it was left out
   */
  Optional<ObjectKey> put(JsonNode object) {
    ObjectKey key = ObjectKey.of(object).sharing(copies);
    boolean isNew = records.get(key.namespace(), key.name()) == null;
    if (isNew && !room.take(key.namespace(), kind.bytes())) {
      limits.add(key, Limit.TOO_MANY, "there are more objects than the exporter has memory for");
      return Optional.empty();
    }
    Optional<R> record;
    try {
      record = KubernetesJson.read(object, kind, toRecord);
      if (ObjectReading.isCut(object)) {
        limits.add(key, Limit.TEXT_CUT, "names have at most 253 characters, labels 63");
      } else {
        limits.remove(key);
      }
    } catch (InvalidObjectException e) {
      record = Optional.empty();
      limits.add(key, Limit.UNREADABLE, String.valueOf(e.getMessage()));
    }
    // Most changes of a pod do not concern its record.
    if (!record.equals(records.get(key.namespace(), key.name()))) {
      records.put(key, record.map(share));
      change();
    }
    return Optional.of(key);
  }

  void remove(JsonNode object) {
    ObjectKey key = ObjectKey.of(object).sharing(copies);
    limits.remove(key);
    if (records.remove(key)) {
      room.give(key.namespace(), kind.bytes());
      change();
    }
  }

  /** Forgets all others. */
  void retain(Set<ObjectKey> keys) {
    List<ObjectKey> others = new ArrayList<>();
    records.forEach(
        (key, record) -> {
          if (!keys.contains(key)) {
            others.add(key);
          }
        });
    for (ObjectKey key : others) {
      records.remove(key);
      limits.remove(key);
      room.give(key.namespace(), kind.bytes());
    }
    if (!others.isEmpty()) {
      change();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void change() {
    changes++;
    onChange.run();
  }
}

package io.namespend.exporter.cluster;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The small records of one kind of object. One thread writes, any may read.
 *
 * @param <R> what is kept of an object
 */
final class RecordStore<R> {
  private static final System.Logger LOG = System.getLogger(RecordStore.class.getName());

  private final Kind kind;
  private final Function<JsonNode, Optional<R>> toRecord;
  private final UnaryOperator<R> share;
  private final Copies copies;
  private final Runnable onChange;

  private final KeyedRecords<R> records = new KeyedRecords<>();
  private volatile long changes;

  private final Set<ObjectKey> unreadable = ConcurrentHashMap.newKeySet();

  /**
   * @param toRecord gives none for an object that matters only by its name
   * @param share gives an equal record that shares what it can with others
   * @param copies to share
   * @param onChange called when a record is new, different, or gone
   */
  RecordStore(
      Kind kind,
      Function<JsonNode, Optional<R>> toRecord,
      UnaryOperator<R> share,
      Copies copies,
      Runnable onChange) {
    this.kind = kind;
    this.toRecord = toRecord;
    this.share = share;
    this.copies = copies;
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
    return unreadable.size();
  }

  /**
   * Keeps what matters of the object. One that cannot be read must not stop all others.
   *
   * @return its key
   */
  ObjectKey put(JsonNode object) {
    ObjectKey key = ObjectKey.of(object).sharing(copies);
    Optional<R> record;
    try {
      record = KubernetesJson.read(object, kind, toRecord);
      unreadable.remove(key);
    } catch (InvalidObjectException e) {
      record = Optional.empty();
      if (unreadable.add(key)) {
        LOG.log(
            WARNING, "cannot read {0}, so it costs nothing: {1}", kind.plural(), e.getMessage());
      }
    }
    // Most changes of a pod do not concern its record.
    if (!record.equals(records.get(key.namespace(), key.name()))) {
      records.put(key, record.map(share));
      change();
    }
    return key;
  }

  void remove(JsonNode object) {
    ObjectKey key = ObjectKey.of(object).sharing(copies);
    unreadable.remove(key);
    if (records.remove(key)) {
      change();
    }
  }

  /** Forgets all others. */
  void retain(Set<ObjectKey> keys) {
    unreadable.retainAll(keys);
    if (records.retain(keys)) {
      change();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void change() {
    changes++;
    onChange.run();
  }
}

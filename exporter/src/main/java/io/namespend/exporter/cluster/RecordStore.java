package io.namespend.exporter.cluster;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The small records of one kind of object. One thread writes, any may read.
 *
 * @param <R> what is kept of an object
 */
final class RecordStore<R> {
  private static final System.Logger LOG = System.getLogger(RecordStore.class.getName());

  /** Makes a record; empty for an object that matters only by its name. */
  @FunctionalInterface
  interface Reader<R> {
    /**
     * @throws InvalidObjectException if the object is not what its kind should be
     */
    Optional<R> read(JsonNode object) throws InvalidObjectException;
  }

  private final Kind kind;
  private final Reader<R> reader;
  private final Runnable onChange;

  /** In order, since snapshots are, and what is sorted already is sorted in no time. */
  private final Map<String, Optional<R>> records = new ConcurrentSkipListMap<>();

  private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

  /**
   * @param onChange called when a record is new, different, or gone
   */
  RecordStore(Kind kind, Reader<R> reader, Runnable onChange) {
    this.kind = kind;
    this.reader = reader;
    this.onChange = onChange;
  }

  Collection<R> records() {
    List<R> all = new ArrayList<>();
    records.values().forEach(record -> record.ifPresent(all::add));
    return all;
  }

  /** By {@code namespace/name}; changes as the cluster does. */
  Map<String, Optional<R>> recordsByKey() {
    return Collections.unmodifiableMap(records);
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
  String put(JsonNode object) {
    String key = KubernetesJson.key(object);
    Optional<R> record;
    try {
      record = reader.read(object);
      unreadable.remove(key);
    } catch (InvalidObjectException e) {
      record = Optional.empty();
      if (unreadable.add(key)) {
        LOG.log(
            WARNING, "cannot read {0}, so it costs nothing: {1}", kind.plural(), e.getMessage());
      }
    }
    // Most changes of a pod do not concern its record.
    if (!record.equals(records.get(key))) {
      records.put(key, record);
      onChange.run();
    }
    return key;
  }

  void remove(JsonNode object) {
    String key = KubernetesJson.key(object);
    unreadable.remove(key);
    if (records.remove(key) != null) {
      onChange.run();
    }
  }

  /** Forgets all others. */
  void retain(Set<String> keys) {
    unreadable.retainAll(keys);
    if (records.keySet().retainAll(keys)) {
      onChange.run();
    }
  }
}

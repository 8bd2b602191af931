package io.namespend.exporter.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Copies;
import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.json.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The small records of one kind of object that costs nothing itself, but says something about what
 * does. One thread writes, any may read. Records of what is gone stay until the minutes in which it
 * was there are published.
 *
 * @param <R> what is kept of an object
 */
public final class RecordStore<R> implements ObjectStore {
  /** Beyond it, the oldest of what is gone are forgotten early. */
  private static final int MOST_LEAVING = 20_000;

  private final ObjectReader<R> reader;
  private final UnaryOperator<R> share;
  private final Copies copies;

  private final KeyedRecords<R> records = new KeyedRecords<>();

  /** When what is gone was last there. */
  private final LinkedHashMap<ObjectKey, Long> leaving = new LinkedHashMap<>();

  private volatile long changes;
  private volatile int left;

  /**
   * @param toRecord gives none for an object that matters only by its name
   * @param share gives an equal record that shares what it can with others
   * @param copies to share
   * @param room shared by all kinds
   */
  public RecordStore(
      Kind kind,
      Function<JsonNode, Optional<R>> toRecord,
      UnaryOperator<R> share,
      Copies copies,
      Room room) {
    this.reader = new ObjectReader<>(kind, toRecord, room);
    this.share = share;
    this.copies = copies;
  }

  /** Changes as the cluster does; also of what is gone since a while. */
  public KeyedRecords<R> records() {
    return records;
  }

  /** Of what is there now, in order. */
  public synchronized List<R> inOrder() {
    Set<R> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    for (ObjectKey key : leaving.keySet()) {
      Optional<R> record = records.get(key.namespace(), key.name());
      if (record != null) {
        record.ifPresent(gone::add);
      }
    }
    List<R> all = new ArrayList<>(records.inOrder());
    all.removeIf(gone::contains);
    return all;
  }

  /** How often a record was new, different, or gone. */
  public long changes() {
    return changes;
  }

  @Override
  public int size() {
    return records.size() - left;
  }

  @Override
  public ObjectReader<R> reader() {
    return reader;
  }

  @Override
  public synchronized Optional<ObjectKey> put(JsonNode object, Instant heard) {
    ObjectKey key = ObjectKey.of(object).sharing(copies);
    if (records.get(key.namespace(), key.name()) == null && !reader.admits(key)) {
      return Optional.empty();
    }
    Optional<R> record = reader.read(key, object);
    boolean isBack = leaving.remove(key) != null;
    left = leaving.size();
    // Most changes of an object do not concern its record.
    if (isBack || !record.equals(records.get(key.namespace(), key.name()))) {
      records.put(key, record.map(share));
      change();
    }
    return Optional.of(key);
  }

  @Override
  public synchronized void remove(JsonNode object, Instant heard) {
    ObjectKey key = ObjectKey.of(object).sharing(copies);
    reader.forget(key);
    if (records.get(key.namespace(), key.name()) != null) {
      leave(key, heard);
      forget(heard);
    }
  }

  @Override
  public synchronized void retain(Set<ObjectKey> keys, Instant lastHeard) {
    records.forEach(
        (key, record) -> {
          if (!keys.contains(key)) {
            reader.forget(key);
            leave(key, lastHeard);
          }
        });
  }

  /** Forgets what has been gone for so long that no minute to be published needs it. */
  public synchronized void forget(Instant now) {
    long horizon = now.getEpochSecond() - PastLives.KEPT_SECONDS;
    var oldest = leaving.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<ObjectKey, Long> gone = oldest.next();
      if (gone.getValue() > horizon && leaving.size() <= MOST_LEAVING) {
        break;
      }
      records.remove(gone.getKey());
      reader.giveBack(gone.getKey());
      oldest.remove();
      change();
    }
    left = leaving.size();
  }

  private void leave(ObjectKey key, Instant lastThere) {
    leaving.putIfAbsent(key, lastThere.getEpochSecond());
    left = leaving.size();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void change() {
    changes++;
  }
}

package io.namespend.exporter.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.InvalidObjectException;
import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.json.KubernetesJson;
import io.namespend.exporter.cluster.json.ObjectKey;
import io.namespend.exporter.cluster.json.ObjectReading;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the objects of a kind, as far as there is room for them, and knows those that are over a
 * limit. One thread reads, any may ask.
 *
 * @param <T> what is read of an object
 */
public final class ObjectReader<T> {
  private final Kind kind;
  private final Function<JsonNode, Optional<T>> read;
  private final Room room;
  private final ObjectLimits limits;

  /**
   * @param read gives none for an object that matters only by its name
   * @param room shared by all kinds
   */
  ObjectReader(Kind kind, Function<JsonNode, Optional<T>> read, Room room) {
    this.kind = kind;
    this.read = read;
    this.room = room;
    this.limits = new ObjectLimits(kind);
  }

  /** Takes the room of a new object; false if there is none left. */
  boolean admits(ObjectKey key) {
    if (room.take(key.namespace(), kind.bytes())) {
      return true;
    }
    limits.add(key, Limit.TOO_MANY, "there are more objects than the exporter has memory for");
    return false;
  }

  /** Gives the room of an object back that is not kept any longer. */
  void giveBack(ObjectKey key) {
    room.give(key.namespace(), kind.bytes());
  }

  /** Empty also for one that cannot be read. */
  Optional<T> read(ObjectKey key, JsonNode object) {
    try {
      Optional<T> result = KubernetesJson.read(object, kind, read);
      if (ObjectReading.isCut(object)) {
        limits.add(key, Limit.TEXT_CUT, "names have at most 253 characters, labels 63");
      } else {
        limits.remove(key);
      }
      return result;
    } catch (InvalidObjectException e) {
      limits.add(key, Limit.UNREADABLE, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** It is gone. */
  void forget(ObjectKey key) {
    limits.remove(key);
  }

  /** All objects are about to be read again. */
  public void beginList() {
    limits.forget(Limit.TOO_MANY);
  }

  public int unreadable() {
    return limits.count(Limit.UNREADABLE);
  }

  public List<LimitedObjects> limited() {
    return limits.byNamespace();
  }

  /** Whether there would be room now for what was left out. */
  public boolean lacks() {
    return limits.byNamespace().stream()
        .filter(over -> over.limit() == Limit.TOO_MANY)
        .anyMatch(over -> room.has(over.namespace(), (long) over.objects() * kind.bytes()));
  }
}

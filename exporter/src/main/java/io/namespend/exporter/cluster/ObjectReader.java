package io.namespend.exporter.cluster;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Reads the objects of a kind, and knows those that it could not read.
 *
 * @param <T> what is read of an object
 */
final class ObjectReader<T> {
  private static final System.Logger LOG = System.getLogger(ObjectReader.class.getName());

  private final Kind kind;
  private final Function<JsonNode, Optional<T>> read;
  private final Set<ObjectKey> unreadable = ConcurrentHashMap.newKeySet();

  /**
   * @param read gives none for an object that matters only by its name
   */
  ObjectReader(Kind kind, Function<JsonNode, Optional<T>> read) {
    this.kind = kind;
    this.read = read;
  }

  /** Empty also for one that cannot be read. */
  Optional<T> read(ObjectKey key, JsonNode object) {
    try {
      Optional<T> result = KubernetesJson.read(object, kind, read);
      unreadable.remove(key);
      return result;
    } catch (InvalidObjectException e) {
      if (unreadable.add(key)) {
        LOG.log(
            WARNING, "cannot read {0}, so it costs nothing: {1}", kind.plural(), e.getMessage());
      }
      return Optional.empty();
    }
  }

  void forget(ObjectKey key) {
    unreadable.remove(key);
  }

  void retain(Set<ObjectKey> keys) {
    unreadable.retainAll(keys);
  }

  int unreadable() {
    return unreadable.size();
  }
}

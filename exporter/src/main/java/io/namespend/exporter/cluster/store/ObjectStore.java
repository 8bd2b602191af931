package io.namespend.exporter.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.ObjectKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What is kept of the objects of a kind. One thread writes, any may read. */
public interface ObjectStore {
  /**
   * Keeps what matters of the object. One that cannot be read must not stop all others.
   *
   * @param heard when the API server told it
   * @return its key; empty if it was left out because there is no room for it
   */
  Optional<ObjectKey> put(JsonNode object, Instant heard);

  /**
   * @param object as it was in the end
   */
  void remove(JsonNode object, Instant heard);

  /**
   * Changes are not heard any longer.
   *
   * @param lastHeard when they were heard last
   */
  default void cut(Instant lastHeard) {}

  /** Changes are heard again. */
  default void resumed(Instant now) {}

  /** A list begins, because changes since then may have been missed. */
  default void relists(Instant lastHeard) {}

  /**
   * Forgets all others, at the end of a list.
   *
   * @param lastHeard when the others were last known to be there
   */
  void retain(Set<ObjectKey> keys, Instant lastHeard);

  int size();

  /** Knows the objects that are over a limit. */
  ObjectReader<?> reader();

  /** How many ended lives were not kept until they were published, because there were too many. */
  default long dropped() {
    return 0;
  }
}

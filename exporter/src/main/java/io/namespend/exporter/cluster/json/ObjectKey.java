package io.namespend.exporter.cluster.json;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Tells an object from others of its kind.
 *
 * @param namespace empty for what is in none
 */
public record ObjectKey(String namespace, String name) {
  public static ObjectKey of(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return new ObjectKey(metadata.path("namespace").asText(), metadata.path("name").asText());
  }

  /** The same key, sharing its namespace with others. */
  public ObjectKey sharing(Copies copies) {
    return new ObjectKey(copies.same(namespace), name);
  }

  /** {@code namespace/name}, or the name alone of what has no namespace. */
  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}

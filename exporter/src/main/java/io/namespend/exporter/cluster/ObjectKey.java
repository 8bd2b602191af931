package io.namespend.exporter.cluster;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Tells an object from others of its kind. In order of namespaces, then names.
 *
 * @param namespace empty for what is in none
 */
record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {
  static ObjectKey of(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return new ObjectKey(metadata.path("namespace").asText(), metadata.path("name").asText());
  }

  /** An object that is in no namespace. */
  static ObjectKey of(String name) {
    return new ObjectKey("", name);
  }

  @Override
  @SuppressWarnings({"ReferenceEquality", "StringEquality"}) // most have a shared namespace
  public int compareTo(ObjectKey other) {
    int byNamespace = namespace == other.namespace ? 0 : namespace.compareTo(other.namespace);
    return byNamespace == 0 ? name.compareTo(other.name) : byNamespace;
  }

  /** The same key, sharing its namespace with others. */
  ObjectKey sharing(Copies copies) {
    return new ObjectKey(copies.same(namespace), name);
  }

  /** {@code namespace/name}, or the name alone of what has no namespace. */
  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}

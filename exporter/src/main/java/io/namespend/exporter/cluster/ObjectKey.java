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

  /** Namespaces, then names; most are compared within a namespace that they share. */
  @SuppressWarnings({"ReferenceEquality", "StringEquality"})
  static int compare(String namespace, String name, String otherNamespace, String otherName) {
    int byNamespace = namespace == otherNamespace ? 0 : namespace.compareTo(otherNamespace);
    return byNamespace == 0 ? name.compareTo(otherName) : byNamespace;
  }

  @Override
  public int compareTo(ObjectKey other) {
    return compare(namespace, name, other.namespace, other.name);
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

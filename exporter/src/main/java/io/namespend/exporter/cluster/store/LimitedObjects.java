package io.namespend.exporter.cluster.store;

import static java.util.Objects.requireNonNull;

/**
 * Objects that are over a limit.
 *
 * @param kind the plural resource name, such as {@code pods}
 * @param namespace empty for what is in none, {@code ~others} for namespaces beyond the first
 * @param objects how many; many thousands may be counted as some
 */
public record LimitedObjects(String kind, String namespace, Limit limit, int objects) {
  public LimitedObjects {
    requireNonNull(kind, "kind");
    requireNonNull(namespace, "namespace");
    requireNonNull(limit, "limit");
  }
}

package io.namespend.exporter.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * How fresh one kind of object is.
 *
 * @param kind the plural resource name, such as {@code nodes}
 * @param lastHeard when the source last heard of it or knew it to be current; empty before the
 *     first list
 * @param objects how many objects are held
 */
public record KindSync(String kind, Optional<Instant> lastHeard, int objects) {
  public KindSync {
    requireNonNull(kind, "kind");
    requireNonNull(lastHeard, "lastHeard");
  }
}

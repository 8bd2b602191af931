package io.namespend.exporter.cluster.watch;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How fresh one kind of object is.
 *
 * @param kind the plural resource name, such as {@code nodes}
 * @param lastHeard when what is held was last known to be what the cluster has; empty before the
 *     first list
 * @param objects how many objects are held
 * @param unreadable how many of them make no sense, and count for nothing
 * @param failures of requests so far, by reason
 * @param trouble why it cannot be read at the moment; empty if it can
 * @param blindSeconds for how long, since the first list, it could not be followed
 * @param dropped how many objects that ended were forgotten before their minute was published
 */
public record KindSync(
    String kind,
    Optional<Instant> lastHeard,
    int objects,
    int unreadable,
    Map<SyncFailure, Long> failures,
    Optional<SyncFailure> trouble,
    double blindSeconds,
    long dropped) {
  public KindSync {
    requireNonNull(kind, "kind");
    requireNonNull(lastHeard, "lastHeard");
    failures = Map.copyOf(failures);
    requireNonNull(trouble, "trouble");
  }

  /** A kind that was always followed. */
  public KindSync(
      String kind,
      Optional<Instant> lastHeard,
      int objects,
      int unreadable,
      Map<SyncFailure, Long> failures,
      Optional<SyncFailure> trouble) {
    this(kind, lastHeard, objects, unreadable, failures, trouble, 0, 0);
  }

  /** A kind without any failure. */
  public KindSync(String kind, Optional<Instant> lastHeard, int objects) {
    this(kind, lastHeard, objects, 0, Map.of(), Optional.empty());
  }

  /** Whether the objects are followed now, as far as is known. */
  public boolean isCurrent() {
    return lastHeard.isPresent() && trouble.isEmpty();
  }
}

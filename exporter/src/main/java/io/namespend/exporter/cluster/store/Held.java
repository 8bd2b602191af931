package io.namespend.exporter.cluster.store;

/**
 * A record of what costs while it is there.
 *
 * @param <R> the record itself
 */
public interface Held<R> {
  /** Of what does not say when it began. */
  long UNKNOWN = Long.MIN_VALUE;

  /** The second since 1970 in which it began. */
  long since();

  /** The same, begun at another time. */
  R since(long second);

  /** Whether it costs from {@link #since} on; else only as long as it is known to. */
  boolean tellsBegin();

  /** Whether it costs what the other one does; if not, the time between them matters. */
  boolean holdsAs(R other);
}

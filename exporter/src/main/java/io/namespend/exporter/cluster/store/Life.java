package io.namespend.exporter.cluster.store;

import static java.util.Objects.requireNonNull;

/**
 * A record and when it ended.
 *
 * @param until the second since 1970 from which on it was gone; {@link #OPEN} while it is there
 */
public record Life<R>(R record, long until) {
  public static final long OPEN = Long.MAX_VALUE;

  /** Of what ended and does not say when. */
  public static final long UNTOLD = OPEN - 1;

  public Life {
    requireNonNull(record, "record");
  }

  public static <R> Life<R> open(R record) {
    return new Life<>(record, OPEN);
  }

  public boolean isOpen() {
    return until == OPEN;
  }
}

package io.namespend.exporter.cluster;

import static java.util.Objects.requireNonNull;

/**
 * A record and when it ended.
 *
 * @param until the second since 1970 from which on it was gone; {@link #OPEN} while it is there
 */
record Life<R>(R record, long until) {
  static final long OPEN = Long.MAX_VALUE;

  /** Of what ended and does not say when. */
  static final long UNTOLD = OPEN - 1;

  Life {
    requireNonNull(record, "record");
  }

  static <R> Life<R> open(R record) {
    return new Life<>(record, OPEN);
  }

  boolean isOpen() {
    return until == OPEN;
  }
}

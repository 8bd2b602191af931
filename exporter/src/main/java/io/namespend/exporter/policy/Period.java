package io.namespend.exporter.policy;

import java.time.Instant;

/**
 * A range of time.
 *
 * @param from the first moment
 * @param until the first moment after it
 */
public record Period(Instant from, Instant until) {
  public static final Period ALWAYS = new Period(Instant.MIN, Instant.MAX);

  public Period {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("from " + from + " until " + until + " is no range");
    }
  }

  boolean contains(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(until);
  }
}

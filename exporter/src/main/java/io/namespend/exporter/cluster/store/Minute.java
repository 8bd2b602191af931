package io.namespend.exporter.cluster.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A whole minute of UTC. What is published are the means of the last one, so that every second is
 * paid, whenever somebody looks.
 *
 * @param begin its first second
 */
public record Minute(Instant begin) {
  /** How long kubelets and watches may take to tell what happened in a minute. */
  public static final Duration SETTLE = Duration.ofSeconds(15);

  public static final long SECONDS = 60;

  public Minute {
    requireNonNull(begin, "begin");
    if (!begin.equals(begin.truncatedTo(ChronoUnit.MINUTES))) {
      throw new IllegalArgumentException(begin + " does not begin a minute");
    }
  }

  /** The last minute of which all is known that is told in time. */
  public static Minute lastWhole(Instant now) {
    return new Minute(
        now.minus(SETTLE).truncatedTo(ChronoUnit.MINUTES).minus(1, ChronoUnit.MINUTES));
  }

  long beginSecond() {
    return begin.getEpochSecond();
  }

  long endSecond() {
    return beginSecond() + SECONDS;
  }
}

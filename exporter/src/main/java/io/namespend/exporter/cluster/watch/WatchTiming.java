package io.namespend.exporter.cluster.watch;

import java.time.Duration;

/**
 * How long the watch of a cluster waits.
 *
 * @param answer for the head of a list's answer, and then for the whole page
 * @param silence for the head of a watch's answer, and then for each event or bookmark, before the
 *     watch is taken to be dead; an API server sends a bookmark each minute, the first after up to
 *     61 seconds, and is asked to end each watch after two thirds of this
 * @param firstRetry after the first failure; doubles with each further one
 * @param longestRetry after many failures
 */
public record WatchTiming(
    Duration answer, Duration silence, Duration firstRetry, Duration longestRetry) {
  public static final WatchTiming DEFAULTS =
      new WatchTiming(
          Duration.ofMinutes(1),
          Duration.ofMinutes(3),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1));

  public WatchTiming {
    requirePositive("answer", answer);
    requirePositive("silence", silence);
    requirePositive("firstRetry", firstRetry);
    requirePositive("longestRetry", longestRetry);
  }

  /** The longest that a thread may wait for one thing after the other, and half as much again. */
  public Duration patience() {
    return answer.plus(silence).plus(longestRetry).multipliedBy(3).dividedBy(2);
  }

  /** After how many seconds the API server shall end a watch by itself. */
  long watchSeconds() {
    return Math.max(1, silence.toSeconds() * 2 / 3);
  }

  /**
   * @param failures in a row
   */
  Duration retryAfter(int failures) {
    if (failures == 0) {
      return Duration.ZERO;
    }
    Duration doubled = firstRetry.multipliedBy(1L << Math.min(failures - 1, 20));
    return doubled.compareTo(longestRetry) < 0 ? doubled : longestRetry;
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException("%s is %s; it must be above 0".formatted(name, value));
    }
  }
}

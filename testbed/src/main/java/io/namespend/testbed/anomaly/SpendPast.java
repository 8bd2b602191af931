package io.namespend.testbed.anomaly;

import java.time.Duration;
import java.time.Instant;

/** The simulated weeks: a past to learn from, then those that count. */
final class SpendPast {
  /**
   * A Monday, so that the first weekend and three ends of months lie where they are easy to find.
   */
  static final Instant BEGIN = Instant.parse("2026-01-05T00:00:00Z");

  static final int DAY = 24;
  static final int WEEK = 7 * DAY;
  static final int WEEKS_BEFORE = 6;
  static final int WEEKS = 12;
  static final int FIRST_HOUR = WEEKS_BEFORE * WEEK;
  static final int HOURS = (WEEKS_BEFORE + WEEKS) * WEEK;

  /** Rules are evaluated after an hour's second chance of being written. */
  private static final Duration EVALUATED = Duration.ofMinutes(6);

  private SpendPast() {}

  static Instant hour(int hour) {
    return BEGIN.plus(Duration.ofHours(hour));
  }

  static Instant evaluation(int hour) {
    return hour(hour).plus(EVALUATED);
  }
}

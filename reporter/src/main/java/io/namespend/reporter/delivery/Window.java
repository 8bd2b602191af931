package io.namespend.reporter.delivery;

import io.namespend.reporter.digest.Week;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The hours that a digest is about.
 *
 * @param end the first moment after it
 * @param hours how many there are
 */
public record Window(Instant end, long hours) {
  /** A year and some weeks: longer than anybody asks whether a digest arrived. */
  private static final Duration KEPT = Duration.ofDays(400);

  static Window of(Week week) {
    return new Window(week.end(), week.length().toHours());
  }

  /** As in a key: the end, and the hours. */
  static Optional<Window> parse(String end, String hours) {
    try {
      return Optional.of(
          new Window(Instant.parse(end), Long.parseLong(hours.replaceFirst("h$", ""))));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether it is so long before the other that nobody needs it. */
  boolean isForgottenAt(Window newest) {
    return Duration.between(end, newest.end).compareTo(KEPT) >= 0;
  }

  @Override
  public String toString() {
    return "%s %dh".formatted(end, hours);
  }
}

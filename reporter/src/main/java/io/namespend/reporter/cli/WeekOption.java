package io.namespend.reporter.cli;

import io.namespend.reporter.digest.Week;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What --until means. */
final class WeekOption {
  private WeekOption() {}

  /**
   * @throws IllegalArgumentException if it means no full hour of the past; the message is for the
   *     user
   */
  static Week week(Optional<String> until, Instant now, ZoneId zone) {
    return until
        .map(text -> endingAt(text, now, zone))
        .orElseGet(() -> Week.lastCompleteBy(now, zone));
  }

  private static Week endingAt(String text, Instant now, ZoneId zone) {
    if (text.equals("now")) {
      return new Week(now.truncatedTo(ChronoUnit.HOURS), zone);
    }
    Instant end = instant(text, zone);
    Instant hour = end.truncatedTo(ChronoUnit.HOURS);
    if (!end.equals(hour)) {
      throw new IllegalArgumentException(
          "\"%s\" is not a full hour, but costs are recorded by the hour; use %s"
              .formatted(text, hour));
    }
    if (end.isAfter(now)) {
      throw new IllegalArgumentException(
          "\"%s\" is in the future, it is %s; use \"now\""
              .formatted(text, now.truncatedTo(ChronoUnit.SECONDS)));
    }
    return new Week(end, zone);
  }

  /** A date is its midnight in UTC. */
  static Instant instant(String text) {
    return instant(text, ZoneOffset.UTC);
  }

  private static Instant instant(String text, ZoneId zone) {
    try {
      return text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDate.parse(text).atStartOfDay(zone).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "\"%s\" is not a time; use \"now\", a date such as 2026-11-16, or an instant such as"
                  .formatted(text)
              + " 2026-11-16T06:00:00Z",
          e);
    }
  }
}

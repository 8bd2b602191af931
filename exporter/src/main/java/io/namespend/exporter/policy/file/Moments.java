package io.namespend.exporter.policy.file;

import io.namespend.exporter.policy.pool.ServiceCost.Period;
import io.namespend.foundation.settings.Section;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Reads moments and ranges of time. */
final class Moments {
  private Moments() {}

  /** A key that is missing leaves that end open. */
  static Period period(Section section, String fromKey, String untilKey) {
    Instant from = section.parsed(fromKey, Moments::moment).orElse(Instant.MIN);
    Instant until = section.parsed(untilKey, Moments::moment).orElse(Instant.MAX);
    if (!from.isBefore(until)) {
      section.problem(untilKey, "must be after %s; it is exclusive".formatted(fromKey));
      return Period.ALWAYS;
    }
    return new Period(from, until);
  }

  /** A date is the begin of its day in UTC. */
  static Instant moment(String text) {
    try {
      return text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "write a date or time of ISO 8601, such as 2026-11-01 or 2026-11-01T12:00:00Z", e);
    }
  }
}

package io.namespend.exporter.policy;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When a change of a namespace's cost is meant, so that nobody is warned of it. Days are UTC.
 *
 * @param first its first day
 * @param last its last day; a change without one stays
 */
public record PlannedChange(LocalDate first, Optional<LocalDate> last) {
  public PlannedChange {
    requireNonNull(first, "first");
    if (last.isPresent() && last.get().isBefore(first)) {
      throw new IllegalArgumentException("the last day is before the first; swap them");
    }
  }

  /**
   * Reads {@code 2026-12-01}, or {@code 2026-12-01/2026-12-07} for a first and a last day.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static PlannedChange parse(String text) {
    String[] days = text.split("/", -1);
    try {
      if (days.length <= 2) {
        return new PlannedChange(
            LocalDate.parse(days[0]),
            days.length == 1 ? Optional.empty() : Optional.of(LocalDate.parse(days[1])));
      }
    } catch (DateTimeException e) {
      // Said below: the parser's own words do not show what to write.
    }
    throw new IllegalArgumentException(
        "write a day such as 2026-12-01, or a first and a last: 2026-12-01/2026-12-07");
  }

  /** How many there are; none for a change that stays. */
  OptionalInt days() {
    // No range of days has more than an int can hold, except one that nobody means.
    return last.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.min(Integer.MAX_VALUE, DAYS.between(first, last.get()) + 1));
  }

  /** The first moment of it. */
  public Instant start() {
    return first.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The first moment after it. */
  public Optional<Instant> end() {
    return last.map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }
}

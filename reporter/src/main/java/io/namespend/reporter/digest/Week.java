package io.namespend.reporter.digest;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * Seven days.
 *
 * @param end exclusive; at a full hour, since costs are recorded by the hour
 */
public record Week(Instant end) {
  public static final Duration LENGTH = Duration.ofDays(7);

  public Week {
    requireNonNull(end, "end");
    if (!end.equals(end.truncatedTo(ChronoUnit.HOURS))) {
      throw new IllegalArgumentException("a week ends at a full hour, not at " + end);
    }
  }

  /** The last calendar week, Monday to Sunday in UTC, that was over by then. */
  public static Week lastCompleteBy(Instant now) {
    LocalDate monday =
        LocalDate.ofInstant(now, ZoneOffset.UTC)
            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    return new Week(monday.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  public Instant start() {
    return end.minus(LENGTH);
  }

  public Week previous() {
    return new Week(start());
  }

  /** The month that its last hour belongs to. */
  public YearMonth month() {
    return YearMonth.from(end.minusMillis(1).atZone(ZoneOffset.UTC));
  }
}

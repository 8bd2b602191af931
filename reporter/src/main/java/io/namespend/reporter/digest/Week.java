package io.namespend.reporter.digest;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/**
 * Seven calendar days of a time zone: 168 hours, or one less or more where its clocks change.
 *
 * @param end exclusive; at a full hour, since costs are recorded by the hour
 */
public record Week(Instant end, ZoneId zone) {
  private static final int DAYS = 7;

  /** An hour is written at its last minute, or at minute 4 of the next where it was missed. */
  static final Duration WRITTEN_AFTER = Duration.ofMinutes(5);

  public Week {
    requireNonNull(end, "end");
    requireNonNull(zone, "zone");
    if (!end.equals(end.truncatedTo(ChronoUnit.HOURS))) {
      throw new IllegalArgumentException("a week ends at a full hour, not at " + end);
    }
  }

  public Week(Instant end) {
    this(end, ZoneOffset.UTC);
  }

  public static Week lastCompleteBy(Instant now) {
    return lastCompleteBy(now, ZoneOffset.UTC);
  }

  /**
   * The last calendar week, Monday to Sunday in the zone, that was over by then. Where a zone's
   * midnight is no full hour of UTC, the week ends at the full hour before.
   */
  public static Week lastCompleteBy(Instant now, ZoneId zone) {
    LocalDate monday =
        LocalDate.ofInstant(now, zone).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    return new Week(monday.atStartOfDay(zone).toInstant().truncatedTo(ChronoUnit.HOURS), zone);
  }

  public Instant start() {
    return end.atZone(zone).minusDays(DAYS).toInstant().truncatedTo(ChronoUnit.HOURS);
  }

  /**
   * Its seven days; where it begins at noon, a day is from noon to noon, and has the name of the
   * day that it begins in.
   */
  List<LocalDate> days() {
    LocalDate first = LocalDate.ofInstant(start(), zone);
    return first.datesUntil(first.plusDays(DAYS)).toList();
  }

  /** Which of its days, or of those of another week, an instant is in. */
  LocalDate day(Instant instant) {
    LocalTime begin = start().atZone(zone).toLocalTime();
    ZonedDateTime time = instant.atZone(zone);
    return time.toLocalTime().isBefore(begin)
        ? time.toLocalDate().minusDays(1)
        : time.toLocalDate();
  }

  /** Whether its days are those of the calendar. */
  boolean hasCalendarDays() {
    return start().atZone(zone).toLocalTime().equals(LocalTime.MIDNIGHT);
  }

  public Duration length() {
    return Duration.between(start(), end);
  }

  public Week previous() {
    return new Week(start(), zone);
  }

  /** Where to add up {@link #range()}, so that it holds the week's hours, late ones included. */
  Instant written() {
    return end.plus(WRITTEN_AFTER);
  }

  /** Its length as PromQL has it. */
  String range() {
    long hours = length().toHours();
    return hours == DAYS * 24 ? DAYS + "d" : hours + "h";
  }

  /**
   * The month's hours up to the end of the week, to be asked for at {@link #written()}. The
   * recorded month to date would do, were it not for the moment at which its rule ran: the last
   * hour may not be in it, and at the end of a month the next one has begun.
   *
   * @param series of hours, without labels
   */
  String monthToDate(String series) {
    return "sum_over_time(%s{month=\"%d\"}[32d])".formatted(series, month().getMonthValue());
  }

  /** How much of the month, in UTC, has been by the end of the week. */
  Duration monthLength() {
    return Duration.between(month().atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant(), end);
  }

  /** The month in UTC, as bills have it, that its last hour belongs to. */
  public YearMonth month() {
    return YearMonth.from(end.minusMillis(1).atZone(ZoneOffset.UTC));
  }
}

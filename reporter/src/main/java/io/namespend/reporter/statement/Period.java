package io.namespend.reporter.statement;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Full hours in UTC, with a name by which they are found again.
 *
 * @param name such as 2026-10, 2026-W43, 2026-10-31 or 2026-10-01T00_2026-10-08T12
 * @param until end of what is recorded; before the end while the period is open
 */
public record Period(String name, Instant start, Instant end, Instant until) {
  /** An hour is written at its last minute, or four minutes later. */
  private static final Duration WRITTEN_AFTER = Duration.ofMinutes(5);

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  public Period {
    requireNonNull(name, "name");
    if (!start.isBefore(end) || until.isBefore(start) || until.isAfter(end)) {
      throw new IllegalArgumentException(
          "no period: %s to %s, until %s".formatted(start, end, until));
    }
    requireFullHour(start);
    requireFullHour(end);
    requireFullHour(until);
  }

  /**
   * @param text such as 2026-10
   * @throws IllegalArgumentException if it is no month of the past or present; the message is for
   *     the user, as in the other factories
   */
  public static Period month(String text, Instant now) {
    try {
      YearMonth month = YearMonth.parse(text);
      return until(text, startOfDay(month.atDay(1)), startOfDay(month.plusMonths(1).atDay(1)), now);
    } catch (DateTimeParseException e) {
      throw invalid(text, "month", "2026-10", e);
    }
  }

  /** The month of the last recorded hour, which may still be open. */
  public static Period monthOf(Instant now) {
    Instant last = recordedBy(now).minusSeconds(1);
    return month(YearMonth.from(last.atZone(ZoneOffset.UTC)).toString(), now);
  }

  /**
   * @param text a week of ISO 8601, Monday to Monday, such as 2026-W43
   */
  public static Period week(String text, Instant now) {
    try {
      LocalDate monday = LocalDate.parse(text + "-1", DateTimeFormatter.ISO_WEEK_DATE);
      if (monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) != Integer.parseInt(text.substring(6))) {
        throw new DateTimeParseException("no such week", text, 6);
      }
      return until(text, startOfDay(monday), startOfDay(monday.plusWeeks(1)), now);
    } catch (DateTimeParseException e) {
      throw invalid(text, "week", "2026-W43", e);
    }
  }

  /**
   * @param text such as 2026-10-31
   */
  public static Period day(String text, Instant now) {
    try {
      LocalDate day = LocalDate.parse(text);
      return until(text, startOfDay(day), startOfDay(day.plusDays(1)), now);
    } catch (DateTimeParseException e) {
      throw invalid(text, "day", "2026-10-31", e);
    }
  }

  /** Any full hours that are recorded already. */
  public static Period between(Instant start, Instant end, Instant now) {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException(
          "the period ends %s, which is not after its start, %s; swap them".formatted(end, start));
    }
    Instant recorded = recordedBy(now);
    if (end.isAfter(recorded)) {
      throw new IllegalArgumentException(
          "hours are recorded up to %s, but %s is asked for; end there".formatted(recorded, end));
    }
    return new Period(hours(start, end), start, end, end);
  }

  /** Finds a period by its name. */
  public static Period named(String name, Instant now) {
    if (name.contains("_")) {
      String[] ends = name.split("_", -1);
      if (ends.length != 2) {
        throw invalid(name, "period", "2026-10-01T00_2026-10-08T12", null);
      }
      return between(hour(name, ends[0]), hour(name, ends[1]), now);
    }
    if (name.contains("W")) {
      return week(name, now);
    }
    return name.length() <= "2026-10".length() ? month(name, now) : day(name, now);
  }

  public boolean isOpen() {
    return until.isBefore(end);
  }

  /** The part that is recorded, with a name of its own. */
  public Period recorded() {
    if (until.equals(start)) {
      throw new IllegalArgumentException(
          "no hour of %s is recorded yet; it begins %s".formatted(name, start));
    }
    return isOpen() ? new Period(hours(start, until), start, until, until) : this;
  }

  /** Begin of the month that is billed, in which the period begins. */
  Instant monthsStart() {
    return startOfDay(YearMonth.from(start.atOffset(ZoneOffset.UTC)).atDay(1));
  }

  /** End of the month in which the period ends, so that the period is never longer. */
  Instant monthsEnd() {
    YearMonth last = YearMonth.from(end.minusSeconds(1).atOffset(ZoneOffset.UTC));
    return startOfDay(last.plusMonths(1).atDay(1));
  }

  public long hours() {
    return Duration.between(start, until).toHours();
  }

  /**
   * Where to evaluate {@link #range()}, so that it holds the period's hours, late ones included.
   */
  public Instant at() {
    return until.plus(WRITTEN_AFTER);
  }

  /** The recorded part's length in PromQL. */
  public String range() {
    return "[" + Duration.between(start, until).toSeconds() + "s]";
  }

  private static Period until(String name, Instant start, Instant end, Instant now) {
    Instant recorded = recordedBy(now);
    if (!start.isBefore(recorded)) {
      throw new IllegalArgumentException(
          "nothing of %s is recorded yet: hours are recorded up to %s".formatted(name, recorded));
    }
    return new Period(name, start, end, end.isAfter(recorded) ? recorded : end);
  }

  private static Instant recordedBy(Instant now) {
    return now.minus(WRITTEN_AFTER).truncatedTo(ChronoUnit.HOURS);
  }

  private static String hours(Instant start, Instant end) {
    return HOUR.format(start.atOffset(ZoneOffset.UTC))
        + "_"
        + HOUR.format(end.atOffset(ZoneOffset.UTC));
  }

  private static Instant hour(String name, String text) {
    try {
      return LocalDateTime.parse(text, HOUR).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw invalid(name, "period", "2026-10-01T00_2026-10-08T12", e);
    }
  }

  private static Instant startOfDay(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static void requireFullHour(Instant instant) {
    if (!instant.equals(instant.truncatedTo(ChronoUnit.HOURS))) {
      throw new IllegalArgumentException(
          "%s is not a full hour, but costs are recorded by the hour; use %s"
              .formatted(instant, instant.truncatedTo(ChronoUnit.HOURS)));
    }
  }

  private static IllegalArgumentException invalid(
      String text, String what, String example, @Nullable Exception e) {
    return new IllegalArgumentException(
        "\"%s\" is not a %s; use one such as %s".formatted(text, what, example), e);
  }
}

package io.namespend.ledger.bill;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * When something was used, and for how long.
 *
 * @param day its first, in UTC
 * @param clock the hours of that day that it touches, as bits: lines of the same hour count once
 * @param used hours that the line itself states as its quantity, or that exceed its day; else 0
 */
public record Span(LocalDate day, int clock, Amount used) {
  public static final int WHOLE_DAY = (1 << 24) - 1;

  private static final long HOURS = 24;
  private static final long HOUR = 3_600;

  /**
   * @param until exclusive
   * @param used hours by the line's quantity, 0 if it is no time
   */
  public static Span of(Instant from, Instant until, Amount used) {
    LocalDateTime start = LocalDateTime.ofInstant(from, ZoneOffset.UTC);
    long length = Math.max(1, Duration.between(from, until).toSeconds());
    long begin = start.toLocalTime().toSecondOfDay();
    long end = begin + length;
    if (end > HOURS * HOUR) {
      Amount hours = used.isZero() ? Amount.of(BigDecimal.valueOf(length / HOUR)) : used;
      return new Span(start.toLocalDate(), 0, hours);
    }
    int clock = 0;
    for (long hour = begin / HOUR; hour * HOUR < end; hour++) {
      clock |= 1 << hour;
    }
    return new Span(start.toLocalDate(), clock, used);
  }

  /** A day's line that does not say at what hours. */
  public static Span ofDay(LocalDate day, Amount used) {
    return new Span(day, WHOLE_DAY, used);
  }
}

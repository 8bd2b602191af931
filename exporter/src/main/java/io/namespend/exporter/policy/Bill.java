package io.namespend.exporter.policy;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * What was billed for a month: for everything that the figures of a cluster consist of.
 *
 * @param month in UTC, over
 * @param amount in the policy's currency
 */
public record Bill(YearMonth month, double amount) {
  /** A bill is compared until the next one has had a month to arrive. */
  private static final int COMPARED_MONTHS = 2;

  public Bill {
    requireNonNull(month, "month");
  }

  /**
   * Whether the month is one of the last two that are over. Recorded hours carry the number of
   * their month without its year. Rules look back 92 days, the most that two months and the one
   * after them have: on any day of it both are within reach as a whole, and a number is that of one
   * month only. An older month would be compared with a part of its hours, and one of a year ago
   * with another month's.
   */
  public boolean isComparedAt(Instant now) {
    YearMonth current = monthOf(now);
    return month.isBefore(current) && !month.isBefore(current.minusMonths(COMPARED_MONTHS));
  }

  /** The month in UTC that a moment belongs to. */
  public static YearMonth monthOf(Instant moment) {
    return YearMonth.from(moment.atOffset(ZoneOffset.UTC));
  }
}

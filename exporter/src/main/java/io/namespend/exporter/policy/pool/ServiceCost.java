package io.namespend.exporter.policy.pool;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.OptionalDouble;

/** What a service costs, as its invoice says it. */
public sealed interface ServiceCost {
  /** Per hour at a moment. */
  double hourlyAt(Instant now);

  /** A price per hour. */
  record Hourly(double amount) implements ServiceCost {
    @Override
    public double hourlyAt(Instant now) {
      return amount;
    }
  }

  /**
   * A price per month.
   *
   * @param monthHours hours of every month; without them the hours of the calendar month, so that
   *     each month costs the amount
   */
  record Monthly(double amount, OptionalDouble monthHours) implements ServiceCost {
    @Override
    public double hourlyAt(Instant now) {
      return amount / monthHours.orElseGet(() -> hoursOfMonth(now));
    }

    private static double hoursOfMonth(Instant now) {
      return YearMonth.from(now.atOffset(ZoneOffset.UTC)).lengthOfMonth() * 24.0;
    }
  }

  /** An amount that is paid once and spread evenly over a range of time. */
  record OneTime(double amount, Period spread) implements ServiceCost {
    @Override
    public double hourlyAt(Instant now) {
      return amount / (Duration.between(spread.from(), spread.until()).toMillis() / 3_600_000.0);
    }
  }

  /**
   * A range of time.
   *
   * @param from the first moment
   * @param until the first moment after it
   */
  public record Period(Instant from, Instant until) {
    public static final Period ALWAYS = new Period(Instant.MIN, Instant.MAX);

    public Period {
      if (!from.isBefore(until)) {
        throw new IllegalArgumentException("from " + from + " until " + until + " is no range");
      }
    }

    public boolean contains(Instant moment) {
      return !moment.isBefore(from) && moment.isBefore(until);
    }
  }
}

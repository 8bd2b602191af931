package io.namespend.testbed.month;

import java.time.Instant;

/**
 * How much to write.
 *
 * @param end a full hour
 * @param minuteHours hours before the end that have every minute, and workloads every fourth
 */
public record MonthPlan(
    int namespaces, int teams, int workloads, int days, int minuteHours, long seed, Instant end) {
  public MonthPlan {
    if (teams < 1 || namespaces < teams || workloads < namespaces) {
      throw new IllegalArgumentException(
          "%d teams, %d namespaces, %d workloads: there must be as many namespaces as teams, and as"
                  .formatted(teams, namespaces, workloads)
              + " many workloads as namespaces");
    }
    if (days < 1 || minuteHours < 1) {
      throw new IllegalArgumentException(
          "%d days, %d hours of minutes: at least a day and an hour".formatted(days, minuteHours));
    }
  }

  Instant begin() {
    return end.minusSeconds(86_400L * days);
  }
}

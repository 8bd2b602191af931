package io.namespend.testbed.month;

import java.time.Instant;

/**
 * How much to write.
 *
 * @param end a full hour
 * @param minuteHours hours before the end that have every minute, and workloads every fourth
 * @param workloadDays days before the end that have workloads every hour, where the rules record
 *     fifteen times as much
 */
public record MonthPlan(
    int namespaces,
    int teams,
    int workloads,
    int days,
    int minuteHours,
    int workloadDays,
    long seed,
    Instant end) {
  public MonthPlan {
    if (teams < 1 || namespaces < teams || workloads < namespaces) {
      throw new IllegalArgumentException(
          "%d teams, %d namespaces, %d workloads: there must be as many namespaces as teams, and as"
                  .formatted(teams, namespaces, workloads)
              + " many workloads as namespaces");
    }
    if (days < 1 || minuteHours < 1 || workloadDays > days) {
      throw new IllegalArgumentException(
          "%d days, %d hours of minutes, %d days of workloads: at least a day and an hour, and no"
                  .formatted(days, minuteHours, workloadDays)
              + " more days of workloads than of all");
    }
  }

  Instant begin() {
    return end.minusSeconds(86_400L * days);
  }
}

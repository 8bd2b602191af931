package io.namespend.testbed.cli;

import io.namespend.testbed.month.MonthPlan;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Option;

/** How large a month is written. */
final class MonthOptions {
  @Option(names = "--namespaces", description = "Default: ${DEFAULT-VALUE}.")
  private int namespaces = 1_000;

  @Option(names = "--teams", description = "Default: ${DEFAULT-VALUE}.")
  private int teams = 200;

  @Option(names = "--workloads", description = "Default: ${DEFAULT-VALUE}.")
  private int workloads = 15_000;

  @Option(names = "--days", description = "Of hourly rollups. Default: ${DEFAULT-VALUE}.")
  private int days = 32;

  @Option(
      names = "--minute-hours",
      description = "Last hours that have every minute. Default: ${DEFAULT-VALUE}.")
  private int minuteHours = 6;

  @Option(names = "--seed", description = "Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--end",
      description = "A full hour, such as 2026-11-16T00:00:00Z. Default: this hour.")
  private Instant end = Clock.systemUTC().instant().truncatedTo(ChronoUnit.HOURS);

  MonthPlan plan() {
    return new MonthPlan(namespaces, teams, workloads, days, minuteHours, seed, end);
  }
}

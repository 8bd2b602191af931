package io.namespend.reporter.cli;

import io.namespend.reporter.statement.Period;
import java.time.Instant;
import picocli.CommandLine.Option;

/** A month, a week or a day: exactly one of them. */
final class CalendarPeriod {

  @Option(
      names = "--month",
      paramLabel = "MONTH",
      required = true,
      description = "A calendar month, such as 2026-10.")
  private String month = "";

  @Option(
      names = "--week",
      paramLabel = "WEEK",
      required = true,
      description = "A week from Monday to Sunday by ISO 8601, such as 2026-W43.")
  private String week = "";

  @Option(
      names = "--day",
      paramLabel = "DAY",
      required = true,
      description = "A day, such as 2026-10-31.")
  private String day = "";

  Period period(Instant now) {
    if (!month.isEmpty()) {
      return Period.month(month, now);
    }
    return week.isEmpty() ? Period.day(day, now) : Period.week(week, now);
  }
}

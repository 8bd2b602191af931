package io.namespend.reporter.finance;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Set;

/**
 * Monday to Friday without holidays.
 *
 * @param holidays other days that nobody works
 */
public record WorkingDays(Set<LocalDate> holidays) {
  public WorkingDays {
    holidays = Set.copyOf(holidays);
  }

  /**
   * @param number 1 for the first
   */
  public LocalDate nth(YearMonth month, int number) {
    LocalDate day = month.atDay(1).minusDays(1);
    for (int found = 0; found < number; ) {
      day = day.plusDays(1);
      if (isWorked(day)) {
        found++;
      }
    }
    return day;
  }

  private boolean isWorked(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY
        && day.getDayOfWeek() != DayOfWeek.SUNDAY
        && !holidays.contains(day);
  }
}

package io.namespend.testbed.anomaly;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.Set;

/**
 * Spend of one namespace when nothing is wrong: day and night, weekends, holidays, noise that is
 * alike from one hour to the next, growth, releases, and a batch at the end of the month.
 */
final class OrdinarySpend {
  private static final Set<LocalDate> HOLIDAYS =
      Set.of(
          LocalDate.of(2026, 4, 3),
          LocalDate.of(2026, 4, 6),
          LocalDate.of(2026, 5, 1),
          LocalDate.of(2026, 2, 16));

  /** Days between a namespace's releases, on average. */
  private static final int RELEASE_DAYS = 21;

  /** How the load of a namespace goes. */
  enum Rhythm {
    STEADY,
    OFFICE_HOURS,
    NIGHTLY,
    BURSTY
  }

  private final double[] hours = new double[SpendPast.HOURS];
  private final Rhythm rhythm;
  private final double perDay;
  private final double night;
  private final double weekend;

  /**
   * @param perDay about what the namespace costs a day
   */
  OrdinarySpend(Rhythm rhythm, double perDay, boolean monthEndBatch, Random random) {
    this.rhythm = rhythm;
    this.perDay = perDay;
    this.night = between(random, 0.6, 0.85);
    this.weekend = between(random, 0.5, 0.8);
    double batch = monthEndBatch ? between(random, 2, 3) : 1;
    double growth = Math.pow(1 + between(random, -0.02, 0.05), 1 / (30.0 * SpendPast.DAY));
    double hourly = between(random, 0.03, 0.06);
    double daily = rhythm == Rhythm.BURSTY ? 0.18 : between(random, 0.02, 0.05);
    double level = 1;
    double day = 0;
    for (int hour = 0; hour < SpendPast.HOURS; hour++) {
      if (hour % SpendPast.DAY == 0) {
        day = 0.4 * day + Math.sqrt(1 - 0.16) * daily * random.nextGaussian();
        if (random.nextInt(RELEASE_DAYS) == 0) {
          level *= 1 + Math.max(-0.1, Math.min(0.1, 0.04 * random.nextGaussian()));
        }
      }
      LocalDateTime time = LocalDateTime.ofInstant(SpendPast.hour(hour), ZoneOffset.UTC);
      hours[hour] =
          perDay
              / SpendPast.DAY
              * rhythm(time)
              * (isMonthEnd(time) ? batch : 1)
              * Math.pow(growth, hour)
              * level
              * Math.exp(day + hourly * random.nextGaussian());
    }
  }

  double at(int hour) {
    return hours[hour];
  }

  Rhythm rhythm() {
    return rhythm;
  }

  double perDay() {
    return perDay;
  }

  private double rhythm(LocalDateTime time) {
    boolean free =
        time.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue()
            || HOLIDAYS.contains(time.toLocalDate());
    boolean day = time.getHour() >= 7 && time.getHour() < 19;
    return switch (rhythm) {
      case STEADY -> day ? 1.04 : 0.96;
      case OFFICE_HOURS -> free ? weekend : day ? 1 : night;
      case NIGHTLY -> time.getHour() >= 1 && time.getHour() < 5 ? 2.5 : 0.8;
      case BURSTY -> free ? 0.4 : day ? 1.4 : 0.5;
    };
  }

  /** From noon of the last day of a month to the next morning. */
  private static boolean isMonthEnd(LocalDateTime time) {
    return (time.plusHours(12).getDayOfMonth() == 1 && time.getDayOfMonth() != 1)
        || (time.getDayOfMonth() == 1 && time.getHour() < 6);
  }

  static double between(Random random, double least, double most) {
    return least + (most - least) * random.nextDouble();
  }
}

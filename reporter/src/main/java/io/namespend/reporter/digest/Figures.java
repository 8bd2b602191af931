package io.namespend.reporter.digest;

import static java.util.Objects.requireNonNull;

import io.namespend.reporter.digest.Change.Direction;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures as people read them; what is rounded here is rounded nowhere else. */
public final class Figures {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);

  private final String currency;

  /**
   * @param currency its code, such as USD
   */
  public Figures(String currency) {
    this.currency = PlainText.name(requireNonNull(currency, "currency"));
  }

  public String amount(double value) {
    String sign = value < 0 && WeekOnWeek.isVisible(value) ? "-" : "";
    return sign + unsigned(value);
  }

  /** With as many digits as a small amount needs. */
  public String fine(double value) {
    if (Math.abs(value) >= 1 || value == 0) {
      return amount(value);
    }
    String digits = String.format(Locale.ROOT, "%.6f", value).replaceFirst("0{1,4}$", "");
    return currency.equals("USD") ? "$" + digits : digits + " " + currency;
  }

  /** With its sign, unless it is nothing. */
  public String difference(double value) {
    return (value > 0 && WeekOnWeek.isVisible(value) ? "+" : "") + amount(value);
  }

  public static String percent(double ratio) {
    String digits = String.format(Locale.ROOT, "%,.1f", Math.abs(ratio) * 100);
    return (ratio < 0 && !digits.equals("0.0") ? "-" : "") + digits + "%";
  }

  /** The day that a week ends with. */
  static String day(Week week) {
    return DAY.withZone(week.zone()).format(week.end().minusMillis(1));
  }

  static String resource(String name) {
    return name.equals("cpu") ? "CPU" : PlainText.name(name);
  }

  /** Cores, or bytes as people write them; rounded up, since what is less may be too little. */
  static String quantity(String resource, double value) {
    double mib = value / (1 << 20);
    return resource.equals("cpu")
        ? String.format(Locale.ROOT, "%s cores", digits(Math.ceil(value * 100 - 1e-6) / 100))
        : mib < 1024
            ? String.format(Locale.ROOT, "%.0f MiB", Math.ceil(mib - 1e-6))
            : String.format(Locale.ROOT, "%s GiB", digits(Math.ceil(mib / 102.4 - 1e-6) / 10));
  }

  private static String digits(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
  }

  /** For sentences, which need no tenths. */
  static String wholePercent(double ratio) {
    return String.format(Locale.ROOT, "%,.0f%%", ratio * 100);
  }

  public static String percentDifference(double ratio) {
    String percent = percent(ratio);
    return (ratio > 0 && !percent.equals("0.0%") ? "+" : "") + percent;
  }

  /** Rounded down: what is not quite all does not show as 100 %. */
  public static String coverage(double ratio) {
    return percent(Math.floor(ratio * 1000 + 1e-6) / 1000);
  }

  /** A time as days. */
  static String days(double seconds) {
    return String.format(Locale.ROOT, "%.0f days", seconds / 86_400);
  }

  /** The month and how much of it, and of how much there are figures where that is not all. */
  static String monthToDate(Week week, double coverage) {
    return coverage < Coverage.FULL_FROM
        ? "%s, measured for %s of its minutes".formatted(monthToDate(week), coverage(coverage))
        : monthToDate(week);
  }

  public static String arrow(Direction direction) {
    return switch (direction) {
      case UP -> "▲";
      case DOWN -> "▼";
      case STEADY -> "▬";
    };
  }

  public static String period(Week week) {
    return "%s to %s %s"
        .formatted(time(week.start(), week.zone()), time(week.end(), week.zone()), zone(week));
  }

  /** The month and how much of it. */
  public static String monthToDate(Week week) {
    String month = MONTH.format(week.month());
    Instant monthEnd = week.month().plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return week.end().equals(monthEnd)
        ? "all of " + month
        : "%s up to %s".formatted(month, time(week.end(), week));
  }

  /** With its zone. */
  public static String time(Instant instant, Week week) {
    return "%s %s".formatted(time(instant, week.zone()), zone(week));
  }

  private static String time(Instant instant, ZoneId zone) {
    return TIME.withZone(zone).format(instant);
  }

  private static String zone(Week week) {
    return week.zone().equals(ZoneOffset.UTC) ? "UTC" : week.zone().getId();
  }

  private String unsigned(double value) {
    String digits = String.format(Locale.ROOT, "%,.2f", Math.abs(value));
    return currency.equals("USD") ? "$" + digits : digits + " " + currency;
  }
}

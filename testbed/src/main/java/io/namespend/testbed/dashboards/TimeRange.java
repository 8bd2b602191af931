package io.namespend.testbed.dashboards;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time range as one chooses it in Grafana, and the steps that Grafana asks for in it. */
public record TimeRange(Instant from, Instant to) {
  private static final Pattern AMOUNT = Pattern.compile("(\\d+)(ms|[smhdwMy])");
  private static final Pattern RELATIVE =
      Pattern.compile("now(?:-(?<amount>\\d+[smhdwMy]))?(?:/(?<unit>[dwMy]))?");

  /** What Grafana rounds steps to, below each limit; seconds. */
  private static final double[][] ROUNDED = {
    {1.5, 1},
    {3.5, 2},
    {7.5, 5},
    {12.5, 10},
    {17.5, 15},
    {25, 20},
    {45, 30},
    {90, 60},
    {210, 120},
    {450, 300},
    {750, 600},
    {1050, 900},
    {1500, 1200},
    {2700, 1800},
    {5400, 3600},
    {9000, 7200},
    {16_200, 10_800},
    {32_400, 21_600},
    {86_400, 43_200},
    {604_800, 86_400}
  };

  /** Prometheus gives no more points of a series. */
  private static final long MOST_POINTS = 11_000;

  /**
   * @param from such as {@code now-7d}, {@code now/M} or {@code 7d}
   */
  public static TimeRange until(Instant to, String from) {
    String text = from.startsWith("now") ? from : "now-" + from;
    Matcher relative = RELATIVE.matcher(text);
    if (!relative.matches()) {
      throw new IllegalArgumentException("no relative time: " + from);
    }
    OffsetDateTime time = to.atOffset(ZoneOffset.UTC);
    if (relative.group("amount") != null) {
      time = before(time, relative.group("amount"));
    }
    if (relative.group("unit") != null) {
      time = floor(time, relative.group("unit"));
    }
    return new TimeRange(time.toInstant(), to);
  }

  private static OffsetDateTime before(OffsetDateTime time, String amount) {
    int number = Integer.parseInt(amount.substring(0, amount.length() - 1));
    return switch (amount.charAt(amount.length() - 1)) {
      case 'M' -> time.minusMonths(number);
      case 'y' -> time.minusYears(number);
      default -> time.minus(duration(amount));
    };
  }

  private static OffsetDateTime floor(OffsetDateTime time, String unit) {
    OffsetDateTime day = time.truncatedTo(ChronoUnit.DAYS);
    return switch (unit) {
      case "d" -> day;
      case "w" -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
      case "M" -> day.withDayOfMonth(1);
      default -> day.withDayOfYear(1);
    };
  }

  /**
   * @param text such as {@code 1m}; a month has 30 days, a year 365
   */
  static Duration duration(String text) {
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches()) {
      throw new IllegalArgumentException("no duration: " + text);
    }
    long number = Long.parseLong(amount.group(1));
    return switch (amount.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      case "w" -> Duration.ofDays(7 * number);
      case "M" -> Duration.ofDays(30 * number);
      default -> Duration.ofDays(365 * number);
    };
  }

  public Duration length() {
    return Duration.between(from, to);
  }

  /** The distance of points that Grafana asks for, where a panel is so many points wide. */
  Duration step(int points, Duration least) {
    double wanted = (double) length().toSeconds() / points;
    long rounded = 7 * 86_400;
    for (double[] limit : ROUNDED) {
      if (wanted < limit[0]) {
        rounded = (long) limit[1];
        break;
      }
    }
    long allowed = (length().toSeconds() + MOST_POINTS - 1) / MOST_POINTS;
    return Duration.ofSeconds(Math.max(Math.max(rounded, least.toSeconds()), allowed));
  }

  /** The same, with both ends at whole steps since 1970, where Grafana asks. */
  TimeRange aligned(Duration step) {
    return new TimeRange(floor(from, step), floor(to, step));
  }

  private static Instant floor(Instant time, Duration step) {
    return Instant.ofEpochSecond(
        Math.floorDiv(time.getEpochSecond(), step.toSeconds()) * step.toSeconds());
  }
}

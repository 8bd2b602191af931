package io.namespend.reporter.digest;

/** The same cost in a week and in the week before, in the currency. */
public record WeekOnWeek(double cost, double before) {
  static final WeekOnWeek NOTHING = new WeekOnWeek(0, 0);

  /** Half a cent: what is less shows as 0.00, and is what rounding leaves of sums. */
  private static final double VISIBLE_FROM = 0.005;

  public WeekOnWeek {
    if (!Double.isFinite(cost) || !Double.isFinite(before)) {
      throw new IllegalArgumentException("no costs: %s, before %s".formatted(cost, before));
    }
  }

  static boolean isVisible(double cost) {
    return Math.abs(cost) > VISIBLE_FROM;
  }

  public Change change() {
    if (!isVisible(before)) {
      return isVisible(cost) ? new Change.New() : new Change.Moved(0, 0);
    }
    if (!isVisible(cost)) {
      return new Change.Gone();
    }
    return new Change.Moved(cost - before, (cost - before) / Math.abs(before));
  }

  WeekOnWeek plus(WeekOnWeek other) {
    return new WeekOnWeek(cost + other.cost, before + other.before);
  }

  WeekOnWeek minus(WeekOnWeek other) {
    return new WeekOnWeek(cost - other.cost, before - other.before);
  }
}

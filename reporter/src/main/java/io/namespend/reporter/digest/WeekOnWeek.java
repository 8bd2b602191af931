package io.namespend.reporter.digest;

/**
 * The same cost in a week and in the week before, in the currency.
 *
 * @param isComparable whether both weeks were measured well enough to tell a change
 */
public record WeekOnWeek(double cost, double before, boolean isComparable) {
  static final WeekOnWeek NOTHING = new WeekOnWeek(0, 0);

  /** Half a cent: what is less shows as 0.00, and is what rounding leaves of sums. */
  private static final double VISIBLE_FROM = 0.005;

  public WeekOnWeek {
    if (!Double.isFinite(cost) || !Double.isFinite(before)) {
      throw new IllegalArgumentException("no costs: %s, before %s".formatted(cost, before));
    }
  }

  public WeekOnWeek(double cost, double before) {
    this(cost, before, true);
  }

  static boolean isVisible(double cost) {
    return Math.abs(cost) > VISIBLE_FROM;
  }

  public Change change() {
    if (!isComparable) {
      return new Change.Unknown();
    }
    if (!isVisible(before)) {
      return isVisible(cost) ? new Change.New() : new Change.Moved(0, 0);
    }
    if (!isVisible(cost)) {
      return new Change.Gone();
    }
    return new Change.Moved(cost - before, (cost - before) / Math.abs(before));
  }

  /** The same, not comparable where it was not measured. */
  WeekOnWeek comparable(boolean measured) {
    return new WeekOnWeek(cost, before, isComparable && measured);
  }

  /** Comparable if both are. */
  WeekOnWeek plus(WeekOnWeek other) {
    return new WeekOnWeek(
        cost + other.cost, before + other.before, isComparable && other.isComparable);
  }

  WeekOnWeek minus(WeekOnWeek other) {
    return new WeekOnWeek(
        cost - other.cost, before - other.before, isComparable && other.isComparable);
  }
}

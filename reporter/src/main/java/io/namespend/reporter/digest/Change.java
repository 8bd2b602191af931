package io.namespend.reporter.digest;

/** How a cost moved from one week to the next. */
public sealed interface Change {
  /** Nothing to compare with: no cost the week before. */
  record New() implements Change {}

  /** Only the week before had cost. */
  record Gone() implements Change {}

  /** Nothing to say: a week was not measured well enough. */
  record Unknown() implements Change {}

  /**
   * Cost in both weeks.
   *
   * @param difference in the currency
   * @param ratio of the week before: 0.1 is 10 % more
   */
  record Moved(double difference, double ratio) implements Change {
    /** Below this ratio, a change is noise. */
    private static final double STEADY_BELOW = 0.005;

    public Direction direction() {
      if (Math.abs(ratio) < STEADY_BELOW) {
        return Direction.STEADY;
      }
      return ratio > 0 ? Direction.UP : Direction.DOWN;
    }
  }

  /** Where a cost went. */
  enum Direction {
    UP,
    DOWN,
    STEADY
  }
}

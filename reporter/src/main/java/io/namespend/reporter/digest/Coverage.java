package io.namespend.reporter.digest;

/**
 * Shares of a week's minutes that have figures, 1 for all. More than 1 is possible and wrong: it
 * means that something was recorded twice.
 */
public record Coverage(double week, double before) {
  static final double FULL_FROM = 0.99;

  /** The same as of statements. */
  static final double FULL_UNTIL = 1.001;

  public Coverage {
    if (!(week >= 0 && before >= 0)) {
      throw new IllegalArgumentException("no coverage: %s, before %s".formatted(week, before));
    }
  }

  public boolean isIncomplete() {
    return week < FULL_FROM || before < FULL_FROM;
  }

  /** Whether both weeks have figures for that share of their minutes, once. */
  public boolean isComparable(double share) {
    return week >= share && before >= share && !isCountedTwice();
  }

  public boolean isCountedTwice() {
    return week > FULL_UNTIL || before > FULL_UNTIL;
  }
}

package io.namespend.reporter.digest;

/**
 * Shares of a week's minutes that have figures, 1 for all. More than 1 is possible and wrong: it
 * means that something was recorded twice.
 */
public record Coverage(double week, double before) {
  private static final double FULL_FROM = 0.99;
  private static final double FULL_UNTIL = 1.01;

  public Coverage {
    if (!(week >= 0 && before >= 0)) {
      throw new IllegalArgumentException("no coverage: %s, before %s".formatted(week, before));
    }
  }

  public boolean isIncomplete() {
    return week < FULL_FROM || before < FULL_FROM;
  }

  public boolean isCountedTwice() {
    return week > FULL_UNTIL || before > FULL_UNTIL;
  }
}

package io.namespend.testbed.month;

/**
 * A series.
 *
 * @param text name and labels
 * @param when which of its samples are written
 * @param moves whether its value follows the time of day, and its growth; else it stays its base
 */
record Recorded(String text, Amount amount, Cadence when, boolean moves) {
  /** When rules and scrapes write samples, as far as dashboards can tell. */
  enum Cadence {
    /** At the last minute of each hour, with its month. */
    HOURS,
    /** Each minute of all days. */
    MINUTES,
    /** Each minute of the last hours. */
    LAST_MINUTES,
    /** Each fourth minute of the last hours. */
    WORKLOADS,
    /** For questions about now. */
    NOW
  }
}

package io.namespend.testbed.random;

/**
 * A series whose value is a linear function of time, zero for gauges.
 *
 * @param text name and labels in the text format
 * @param rate per second
 * @param isCounter that rates are taken of, also when it stands still
 */
record FedSeries(String text, double start, double rate, boolean isCounter) {
  static FedSeries gauge(String text, double value) {
    return new FedSeries(text, value, 0, false);
  }

  /** A counter that is old enough for a rate to see no start in its window. */
  static FedSeries counter(String text, double rate) {
    return new FedSeries(text, 7200 * rate, rate, true);
  }

  /**
   * @param seconds since the scenario's moment; may be negative
   */
  double at(long seconds) {
    return start + rate * seconds;
  }
}

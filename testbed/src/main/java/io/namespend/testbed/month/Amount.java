package io.namespend.testbed.month;

/**
 * Dollars an hour that grow or shrink evenly over the month. All amounts follow the same days and
 * weeks, so that sums of amounts are amounts again.
 *
 * @param base at the begin
 * @param growth what is added until the end
 */
record Amount(double base, double growth) {
  static final Amount ZERO = new Amount(0, 0);

  Amount plus(Amount other) {
    return new Amount(base + other.base, growth + other.growth);
  }

  Amount times(double factor) {
    return new Amount(base * factor, growth * factor);
  }
}

package io.namespend.testbed.simulation;

/**
 * How much of a resource a container uses over time: a mean with a daily and a weekly wave, so that
 * its integral is known exactly.
 *
 * @param mean cores or bytes
 * @param daily amplitude of the day, as a share of the mean
 * @param weekly amplitude of the week, as a share of the mean; both amplitudes together stay below
 *     1
 * @param peakHour hour of the day (UTC) with the highest load
 */
public record Load(double mean, double daily, double weekly, double peakHour) {
  private static final double DAY = 86_400;
  private static final double WEEK = 7 * DAY;
  private static final double TAU = 2 * Math.PI;

  /** A Wednesday noon, the peak of the weekly wave; 1970-01-01 was a Thursday. */
  private static final double WEEK_PEAK = 6.5 * DAY;

  public Load {
    if (mean < 0 || daily < 0 || weekly < 0 || daily + weekly >= 1) {
      throw new IllegalArgumentException(
          "load %s with waves %s and %s would fall below 0".formatted(mean, daily, weekly));
    }
  }

  static Load constant(double mean) {
    return new Load(mean, 0, 0, 0);
  }

  /**
   * @param second since 1970
   */
  public double at(double second) {
    return mean
        * (1
            + daily * Math.cos(TAU * (second - peakHour * 3600) / DAY)
            + weekly * Math.cos(TAU * (second - WEEK_PEAK) / WEEK));
  }

  /** The exact integral, such as core-seconds. */
  public double between(double from, double to) {
    return mean
        * (to
            - from
            + daily
                * DAY
                / TAU
                * (Math.sin(TAU * (to - peakHour * 3600) / DAY)
                    - Math.sin(TAU * (from - peakHour * 3600) / DAY))
            + weekly
                * WEEK
                / TAU
                * (Math.sin(TAU * (to - WEEK_PEAK) / WEEK)
                    - Math.sin(TAU * (from - WEEK_PEAK) / WEEK)));
  }
}

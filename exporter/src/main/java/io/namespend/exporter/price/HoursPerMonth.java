package io.namespend.exporter.price;

/** Clouds bill by the hour and quote by the month of 730 hours. */
public final class HoursPerMonth {
  public static final double VALUE = 730;

  private HoursPerMonth() {}
}

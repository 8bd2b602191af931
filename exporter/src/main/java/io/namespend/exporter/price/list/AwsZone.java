package io.namespend.exporter.price.list;

import java.util.regex.Pattern;

/** Kinds of AWS zones; those outside the region have prices of their own. */
enum AwsZone {
  REGION(1),
  /** Such as {@code us-west-2-lax-1a}; most cost a fifth more than their region. */
  LOCAL_ZONE(1.2),
  /** Such as {@code us-east-1-wl1-bos-wlz-1}. */
  WAVELENGTH(1.35);

  private static final Pattern LOCAL = Pattern.compile(".+-\\d+-[a-z]{3,}-\\d+[a-z]");
  private static final Pattern MOBILE = Pattern.compile(".+-\\d+-wl\\d+-.+");

  private final double factor;

  AwsZone(double factor) {
    this.factor = factor;
  }

  /** By the zone's name. */
  static AwsZone of(String zone) {
    // Nearly all zones are their region and a letter, with three hyphens at most.
    if (zone.chars().filter(c -> c == '-').count() < 4) {
      return REGION;
    }
    if (MOBILE.matcher(zone).matches()) {
      return WAVELENGTH;
    }
    return LOCAL.matcher(zone).matches() ? LOCAL_ZONE : REGION;
  }

  /** How many times as much as in the region machines cost, as far as public prices tell. */
  double factor() {
    return factor;
  }
}

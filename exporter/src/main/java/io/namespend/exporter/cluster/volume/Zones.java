package io.namespend.exporter.cluster.volume;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the region of an availability zone by the providers' spelling. */
public final class Zones {
  /**
   * {@code us-east-1a} is in us-east-1, {@code us-central1-a} and {@code westeurope-1} likewise.
   */
  private static final Pattern ZONE = Pattern.compile("(.+-\\d+)[a-z]|(.+)-[a-z\\d]");

  private Zones() {}

  /** Empty if it cannot be told. */
  public static String region(String zone) {
    Matcher matcher = ZONE.matcher(zone);
    if (!matcher.matches()) {
      return "";
    }
    String amazon = matcher.group(1);
    return amazon == null ? matcher.group(2) : amazon;
  }
}

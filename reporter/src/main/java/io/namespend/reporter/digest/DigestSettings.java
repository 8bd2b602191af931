package io.namespend.reporter.digest;

import java.util.List;
import java.util.Optional;

/**
 * What a reader of digests chooses.
 *
 * @param moverFloor moves of less than this, in the currency, are not told
 * @param movers how many moves to tell at most
 * @param comparable share of its minutes for which a week must have figures to be compared
 */
public record DigestSettings(double moverFloor, int movers, double comparable, List<Unit> units) {
  public static final DigestSettings DEFAULT = new DigestSettings(10, 5, 0.9, List.of());

  public DigestSettings {
    units = List.copyOf(units);
  }

  /**
   * Something that costs are divided by.
   *
   * @param series a recorded series of units by the hour, possibly with matchers
   * @param minimum units a week; with fewer, a cost of each says nothing
   * @param team whose cost is divided; empty for the company's
   */
  public record Unit(String name, String series, double minimum, Optional<String> team) {}
}

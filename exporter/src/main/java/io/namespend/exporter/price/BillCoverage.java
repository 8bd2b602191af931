package io.namespend.exporter.price;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * How the lines of a bill and the objects of a cluster fit.
 *
 * @param lines how many of them are in each state
 * @param hourly what they cost together for one hour
 */
public record BillCoverage(Map<State, Integer> lines, Map<State, Double> hourly) {
  public BillCoverage {
    lines = Map.copyOf(new EnumMap<>(lines));
    hourly = Map.copyOf(new EnumMap<>(hourly));
  }

  /** What became of a line. */
  public enum State {
    /** It is the price of one object. */
    MATCHED,
    /** There is no such object. */
    UNMATCHED,
    /** It fits several objects, or one that other lines fit as well or better. */
    AMBIGUOUS;

    /** The spelling in metric labels. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

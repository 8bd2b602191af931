package io.namespend.testbed.random;

import io.namespend.testbed.model.CostModel;
import io.namespend.testbed.model.SeriesKey;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what the rules recorded against what the model says. */
final class Comparison {
  private static final double RELATIVE = 1e-9;
  private static final double ABSOLUTE = 1e-12;

  /** A series that is not as it must be. */
  record Difference(SeriesKey series, String expected, String actual) {
    @Override
    public String toString() {
      return "  %s%n      expected %s, was %s".formatted(series, expected, actual);
    }
  }

  private Comparison() {}

  /** All differences, in both directions. A series of 0 may as well not be there. */
  static List<Difference> compare(Map<SeriesKey, Double> expected, Map<SeriesKey, Double> actual) {
    Set<SeriesKey> all = new HashSet<>(expected.keySet());
    all.addAll(actual.keySet());
    return all.stream()
        .filter(series -> !agree(series, expected, actual))
        .sorted(Comparator.comparing(SeriesKey::toString))
        .map(series -> new Difference(series, text(expected, series), text(actual, series)))
        .toList();
  }

  private static boolean agree(
      SeriesKey series, Map<SeriesKey, Double> expected, Map<SeriesKey, Double> actual) {
    double real = actual.getOrDefault(series, 0.0);
    if (series.metric().equals(CostModel.CONSERVATION_ERROR)) {
      return actual.containsKey(series) && real >= 0 && real < RELATIVE;
    }
    double wanted = expected.getOrDefault(series, 0.0);
    return real >= 0 && Math.abs(real - wanted) <= Math.max(ABSOLUTE, RELATIVE * wanted);
  }

  private static String text(Map<SeriesKey, Double> values, SeriesKey series) {
    Double value = values.get(series);
    return value == null ? "none" : value.toString();
  }
}

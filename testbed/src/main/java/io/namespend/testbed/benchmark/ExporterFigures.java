package io.namespend.testbed.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was measured, with bounds, as Markdown. */
final class ExporterFigures {
  private final StringBuilder rows = new StringBuilder();
  private boolean missed;

  /**
   * @param most what is allowed
   */
  void add(String what, double value, String unit, Optional<Double> most) {
    boolean over = most.isPresent() && value > most.get();
    missed |= over;
    rows.append(
        String.format(
            Locale.ROOT,
            "| %s | %.3g %s | %s |%n",
            what,
            value,
            unit,
            most.map(
                    bound ->
                        String.format(Locale.ROOT, "%.3g %s%s", bound, unit, over ? " MISSED" : ""))
                .orElse("")));
  }

  void addSeconds(String what, List<Double> seconds, Optional<Double> most) {
    add(what + ", p50 of " + seconds.size(), quantile(seconds, 0.5), "s", Optional.empty());
    add(what + ", p99", quantile(seconds, 0.99), "s", most);
  }

  boolean missed() {
    return missed;
  }

  String markdown() {
    return "| what | figure | at most |\n|---|---|---|\n" + rows;
  }

  /** The smallest value that so large a part of all does not exceed. */
  static double quantile(List<Double> values, double part) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
  }
}

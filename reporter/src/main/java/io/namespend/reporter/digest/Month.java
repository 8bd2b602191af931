package io.namespend.reporter.digest;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;

/**
 * How much is known of the month so far, UTC, up to the end of a week.
 *
 * @param coverage by cluster: the share of its minutes that have figures; empty if not recorded
 * @param estimate what it cost if hours without figures are as the others
 */
public record Month(Map<String, Double> coverage, ClusterSums estimate) {
  static final Month UNKNOWN = new Month(Map.of(), new ClusterSums(Map.of()));

  public Month {
    coverage = Map.copyOf(coverage);
    requireNonNull(estimate, "estimate");
  }

  /** The mean of these clusters, as far as they are known; 1 if none is. */
  double coverage(Set<String> clusters) {
    return coverage.entrySet().stream()
        .filter(entry -> clusters.contains(entry.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .average()
        .orElse(1);
  }

  boolean isCountedTwice() {
    return coverage.values().stream().anyMatch(share -> share > Coverage.FULL_UNTIL);
  }
}

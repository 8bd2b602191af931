package io.namespend.exporter.cluster.node;

import java.util.List;
import java.util.Set;

/**
 * Which labels of nodes matter beside those that everybody knows.
 *
 * @param kept keys of the labels to keep
 * @param spot labels that mark spot capacity
 */
public record NodeLabels(Set<String> kept, List<SpotLabel> spot) {
  public NodeLabels {
    kept = Set.copyOf(kept);
    spot = List.copyOf(spot);
  }

  public static NodeLabels keeping(Set<String> keys) {
    return new NodeLabels(keys, List.of());
  }
}

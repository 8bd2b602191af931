package io.namespend.reporter.statement;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * What makes a line of one period unique. The order is that of the statement: cost center, team,
 * namespace, what is charged.
 *
 * @param cluster empty on a single cluster
 * @param namespace empty for what no namespace bears
 */
public record LineKey(Owner owner, String cluster, String namespace, Item item)
    implements Comparable<LineKey> {
  private static final Comparator<LineKey> ORDER =
      comparing(LineKey::owner)
          .thenComparing(LineKey::cluster)
          .thenComparing(LineKey::namespace)
          .thenComparing(LineKey::item);

  public LineKey {
    requireNonNull(owner, "owner");
    requireNonNull(cluster, "cluster");
    requireNonNull(namespace, "namespace");
    requireNonNull(item, "item");
  }

  @Override
  public int compareTo(LineKey other) {
    return ORDER.compare(this, other);
  }
}

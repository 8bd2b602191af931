package io.namespend.exporter.policy.pool;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What nobody owns directly, and how it is shared.
 *
 * @param namespaces that it holds; none for a standing pool and for a shared service
 * @param per over whom it is split; only what arises on nodes can be split by node group or node
 */
public record Pool(String name, NamespaceGlobs namespaces, Sharing sharing, Per per) {
  /** Pools that every cluster has. */
  public static final List<String> STANDING =
      List.of("idle", "system", "unclaimed-storage", "control-plane");

  /** Those of them whose cost arises on nodes. */
  public static final List<String> OF_NODES = List.of("idle", "system");

  public Pool {
    requireNonNull(name, "name");
    requireNonNull(namespaces, "namespaces");
    requireNonNull(sharing, "sharing");
    requireNonNull(per, "per");
    if (per != Per.CLUSTER && !OF_NODES.contains(name)) {
      throw new IllegalArgumentException(
          "pool %s is of no node; only %s can be split per %s"
              .formatted(name, String.join(" and ", OF_NODES), per.text()));
    }
  }

  /** A pool that is split over the whole cluster. */
  public Pool(String name, NamespaceGlobs namespaces, Sharing sharing) {
    this(name, namespaces, sharing, Per.CLUSTER);
  }
}

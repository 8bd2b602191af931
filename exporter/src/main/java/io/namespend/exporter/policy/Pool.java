package io.namespend.exporter.policy;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What nobody owns directly, and how it is shared.
 *
 * @param namespaces that it holds; none for a standing pool and for a shared service
 */
public record Pool(String name, NamespaceGlobs namespaces, Sharing sharing) {
  /** Pools that every cluster has. */
  public static final List<String> STANDING =
      List.of("idle", "system", "unclaimed-storage", "control-plane");

  public Pool {
    requireNonNull(name, "name");
    requireNonNull(namespaces, "namespaces");
    requireNonNull(sharing, "sharing");
  }
}

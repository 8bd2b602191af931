package io.namespend.exporter.cluster;

import java.util.List;

/** Where the exporter learns what is in the cluster. */
public interface ClusterSource extends AutoCloseable {
  /**
   * Begins to follow the cluster and returns at once.
   *
   * @param onChange called on any thread, often, whenever {@link #snapshot} may have changed
   */
  void start(Runnable onChange);

  /** The latest whole view; cheap enough to call once a second. */
  ClusterSnapshot snapshot();

  /** How fresh each kind of object is. */
  List<KindSync> syncs();

  /** Whether every kind was read at least once. */
  default boolean isSynced() {
    return syncs().stream().allMatch(sync -> sync.lastHeard().isPresent());
  }

  @Override
  void close();
}

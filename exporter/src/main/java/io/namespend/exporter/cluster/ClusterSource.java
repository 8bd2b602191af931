package io.namespend.exporter.cluster;

import io.namespend.exporter.cluster.store.LimitedObjects;
import io.namespend.exporter.cluster.store.Minute;
import io.namespend.exporter.cluster.watch.KindSync;
import java.util.List;

/** Where the exporter learns what is in the cluster. */
public interface ClusterSource extends AutoCloseable {
  /** Begins to follow the cluster and returns at once. */
  void start();

  /** The latest whole view; cheap enough to call once a second. */
  ClusterSnapshot snapshot();

  /**
   * The means of a minute that is over. A source that only knows the present gives that.
   *
   * @param minute no earlier than the one asked for before
   */
  default ClusterSnapshot during(Minute minute) {
    return snapshot();
  }

  /** How fresh each kind of object is. */
  List<KindSync> syncs();

  /** What tenants have more of, or longer, than the exporter takes. */
  default List<LimitedObjects> limited() {
    return List.of();
  }

  /** The kinds without which a snapshot would be no view of the cluster yet; empty once it is. */
  default List<KindSync> awaited() {
    return syncs().stream().filter(sync -> sync.lastHeard().isEmpty()).toList();
  }

  /** Whether the snapshot is a view of the cluster. */
  default boolean isSynced() {
    return awaited().isEmpty();
  }

  @Override
  void close();
}

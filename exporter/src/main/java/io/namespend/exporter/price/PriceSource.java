package io.namespend.exporter.price;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.volume.Volume;
import java.util.Optional;

/**
 * One place that may know what things cost. Empty means that it does not know. Never blocks: what
 * has to be fetched is fetched elsewhere.
 */
public interface PriceSource {
  /** As in the policy's list of sources. */
  String name();

  /**
   * This source with what it knows now, which no refresh changes; itself if nothing does. One that
   * wraps another wraps its snapshot.
   */
  default PriceSource snapshot() {
    return this;
  }

  /**
   * Looks at a whole cluster before its objects are asked for; most need not.
   *
   * @return whether answers may differ from those before
   */
  default boolean look(ClusterSnapshot cluster) {
    return false;
  }

  /** How what was looked at last fits the bill; empty for a source that has none. */
  default Optional<BillCoverage> coverage() {
    return Optional.empty();
  }

  /** The price of the whole node for one hour. */
  Optional<Quote> node(Node node);

  /** The price of one GiB of the volume for one hour. */
  default Optional<Quote> volume(Volume volume, ClusterPlace place) {
    return Optional.empty();
  }

  /** The price of a load balancer for one hour, without what it processes. */
  default Optional<Quote> loadBalancer(LoadBalancer loadBalancer, ClusterPlace place) {
    return Optional.empty();
  }

  /** The price of a managed control plane for one hour. */
  default Optional<Quote> controlPlane(ClusterPlace place) {
    return Optional.empty();
  }

  /** The price of one GiB that leaves. */
  default Optional<Quote> egress(EgressKind kind, ClusterPlace place) {
    return Optional.empty();
  }
}

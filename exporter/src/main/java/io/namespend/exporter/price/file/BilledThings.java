package io.namespend.exporter.price.file;

import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.volume.Volume;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a bill may have a line for, of each object of a cluster. Keeps what the cluster before had:
 * nearly all objects are those of a minute ago, and to take an id apart takes long. Objects are
 * added by one thread; after {@link #settle} any may ask.
 */
final class BilledThings {
  static final BilledThings NONE = new BilledThings();

  private Map<Key, List<BilledThing>> earlier;
  private final Map<Key, List<BilledThing>> known = new HashMap<>();

  private BilledThings() {
    this.earlier = Map.of();
  }

  private BilledThings(Map<Key, List<BilledThing>> earlier) {
    this.earlier = earlier;
  }

  /** What the things of an object depend on. */
  private record Key(String kind, String driver, String id) {
    Key(Node node) {
      this("node", "", node.providerId());
    }

    Key(Volume volume) {
      this("volume", volume.driver(), volume.providerId());
    }

    Key(LoadBalancer balancer) {
      this("load balancer", "", balancer.ingress());
    }
  }

  /** For the next cluster. */
  BilledThings next() {
    return new BilledThings(known);
  }

  /** All objects were added; those that are gone are forgotten. */
  void settle() {
    earlier = Map.of();
  }

  void add(Node node) {
    add(new Key(node), () -> BilledThing.of(node));
  }

  void add(Volume volume) {
    add(new Key(volume), () -> BilledThing.of(volume));
  }

  void add(LoadBalancer balancer) {
    add(new Key(balancer), () -> BilledThing.of(balancer));
  }

  List<BilledThing> of(Node node) {
    List<BilledThing> added = known.get(new Key(node));
    return added == null ? BilledThing.of(node) : added;
  }

  /** The smallest first. */
  List<BilledThing> of(Volume volume) {
    List<BilledThing> added = known.get(new Key(volume));
    return added == null ? BilledThing.of(volume) : added;
  }

  List<BilledThing> of(LoadBalancer balancer) {
    List<BilledThing> added = known.get(new Key(balancer));
    return added == null ? BilledThing.of(balancer) : added;
  }

  private void add(Key key, Supplier<List<BilledThing>> read) {
    List<BilledThing> before = earlier.get(key);
    known.computeIfAbsent(key, first -> before == null ? List.copyOf(read.get()) : before);
  }
}

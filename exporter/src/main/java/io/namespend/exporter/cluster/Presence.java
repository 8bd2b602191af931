package io.namespend.exporter.cluster;

import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.volume.Volume;
import java.util.Map;

/**
 * What part of the minute each thing was there that is paid by the hour; above 1 where it also
 * makes up for minutes that were published without it. 1 for all that are not listed.
 *
 * @param nodes by name
 * @param volumes by name
 * @param loadBalancers by namespace and name, however many of a name there are
 */
public record Presence(
    Map<String, Double> nodes, Map<String, Double> volumes, Map<String, Double> loadBalancers) {
  public static final Presence WHOLE = new Presence(Map.of(), Map.of(), Map.of());

  public Presence {
    nodes = Map.copyOf(nodes);
    volumes = Map.copyOf(volumes);
    loadBalancers = Map.copyOf(loadBalancers);
  }

  public double of(Node node) {
    return nodes.getOrDefault(node.name(), 1.0);
  }

  public double of(Volume volume) {
    return volumes.getOrDefault(volume.name(), 1.0);
  }

  public double of(LoadBalancer balancer) {
    return loadBalancers.isEmpty()
        ? 1
        : loadBalancers.getOrDefault(balancer.namespace() + "/" + balancer.service(), 1.0);
  }
}

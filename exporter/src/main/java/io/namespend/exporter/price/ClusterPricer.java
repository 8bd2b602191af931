package io.namespend.exporter.price;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.price.PricedCluster.PricedLoadBalancer;
import io.namespend.exporter.price.PricedCluster.PricedVolume;
import java.util.EnumMap;
import java.util.Map;

/** Gives everything in a cluster its price. */
public final class ClusterPricer {
  private final PriceChain chain;
  private final NodePricer nodes;

  public ClusterPricer(PriceChain chain, NodePricer nodes) {
    this.chain = chain;
    this.nodes = nodes;
  }

  public PricedCluster price(ClusterSnapshot cluster) {
    ClusterPlace place = cluster.place();
    Map<EgressKind, Quote> egress = new EnumMap<>(EgressKind.class);
    for (EgressKind kind : EgressKind.values()) {
      egress.put(kind, chain.egress(kind, place));
    }
    return new PricedCluster(
        cluster.nodes().stream().map(nodes::price).toList(),
        cluster.volumes().stream()
            .map(volume -> new PricedVolume(volume, chain.volume(volume, place)))
            .toList(),
        cluster.loadBalancers().stream()
            .map(balancer -> new PricedLoadBalancer(balancer, chain.loadBalancer(balancer, place)))
            .toList(),
        egress,
        chain.controlPlane(place),
        place);
  }
}

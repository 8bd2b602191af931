package io.namespend.exporter.price;

import static java.util.stream.Collectors.toUnmodifiableList;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.Node;
import io.namespend.exporter.cluster.Volume;
import io.namespend.exporter.price.PricedCluster.PricedLoadBalancer;
import io.namespend.exporter.price.PricedCluster.PricedVolume;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives everything in a cluster its price. Nodes and volumes keep theirs until they change or
 * prices may have changed: to price them again would take a large part of a scrape. For one thread.
 */
public final class ClusterPricer {
  private final PriceChain chain;
  private final NodePricer nodePricer;
  private final AtomicBoolean isRepriced = new AtomicBoolean();
  private ClusterPlace place = ClusterSnapshot.EMPTY.place();
  private List<Node> nodes = List.of();
  private List<PricedNode> pricedNodes = List.of();
  private List<Volume> volumes = List.of();
  private List<PricedVolume> pricedVolumes = List.of();

  public ClusterPricer(PriceChain chain, NodePricer nodePricer) {
    this.chain = chain;
    this.nodePricer = nodePricer;
  }

  /** Says that prices may have changed; any thread may. */
  public void reprice() {
    isRepriced.set(true);
  }

  /** What runs on a virtual node changes it at any time, and no other node. */
  private List<PricedNode> priced(List<Node> now, boolean isEarlierPriced) {
    List<PricedNode> priced = new ArrayList<>(now.size());
    int old = 0;
    for (Node node : now) {
      while (old < nodes.size() && nodes.get(old).name().compareTo(node.name()) < 0) {
        old++;
      }
      boolean isAsBefore = isEarlierPriced && old < nodes.size() && nodes.get(old).equals(node);
      priced.add(isAsBefore ? pricedNodes.get(old) : nodePricer.price(node));
    }
    return List.copyOf(priced);
  }

  public PricedCluster price(ClusterSnapshot cluster) {
    boolean isEarlierPriced = !isRepriced.getAndSet(false);
    if (!isEarlierPriced || !cluster.nodes().equals(nodes)) {
      pricedNodes = priced(cluster.nodes(), isEarlierPriced);
      nodes = cluster.nodes();
    }
    ClusterPlace now = cluster.place();
    if (!isEarlierPriced || !cluster.volumes().equals(volumes) || !now.equals(place)) {
      place = now;
      volumes = cluster.volumes();
      pricedVolumes =
          volumes.stream()
              .map(volume -> new PricedVolume(volume, chain.volume(volume, now)))
              .collect(toUnmodifiableList());
    }
    Map<EgressKind, Quote> egress = new EnumMap<>(EgressKind.class);
    for (EgressKind kind : EgressKind.values()) {
      egress.put(kind, chain.egress(kind, now));
    }
    return new PricedCluster(
        pricedNodes,
        pricedVolumes,
        cluster.loadBalancers().stream()
            .map(balancer -> new PricedLoadBalancer(balancer, chain.loadBalancer(balancer, now)))
            .toList(),
        egress,
        chain.controlPlane(now),
        now);
  }
}

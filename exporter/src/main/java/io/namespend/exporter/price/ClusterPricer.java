package io.namespend.exporter.price;

import static java.util.stream.Collectors.toUnmodifiableList;

import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.ClusterSnapshot;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.volume.Volume;
import io.namespend.exporter.price.PricedCluster.PricedLoadBalancer;
import io.namespend.exporter.price.PricedCluster.PricedVolume;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * Gives everything in a cluster its price. All but traffic and the control plane keep theirs until
 * they change or prices may have changed: to price them again would take a large part of a scrape.
 * All prices are of one moment, which is another only when prices may have changed. For one thread.
 */
public final class ClusterPricer {
  private final PriceChain live;
  private final NodePricer liveNodes;
  private final AtomicBoolean isRepriced = new AtomicBoolean(true);
  private PriceChain chain;
  private NodePricer nodePricer;
  private ClusterPlace place = ClusterSnapshot.EMPTY.place();
  private List<Node> nodes = List.of();
  private List<PricedNode> pricedNodes = List.of();
  private List<Volume> volumes = List.of();
  private List<PricedVolume> pricedVolumes = List.of();
  private List<LoadBalancer> balancers = List.of();
  private List<PricedLoadBalancer> pricedBalancers = List.of();

  public ClusterPricer(PriceChain chain, NodePricer nodePricer) {
    this.live = chain;
    this.liveNodes = nodePricer;
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
    if (!isEarlierPriced) {
      // Sources are refreshed while this runs, question by question.
      chain = live.snapshot();
      nodePricer = liveNodes.by(chain);
    }
    isEarlierPriced &= !chain.look(cluster);
    if (!isEarlierPriced || !cluster.nodes().equals(nodes)) {
      pricedNodes = priced(cluster.nodes(), isEarlierPriced);
      nodes = cluster.nodes();
    }
    ClusterPlace now = cluster.place();
    boolean isHere = isEarlierPriced && now.equals(place);
    place = now;
    if (!isHere || !cluster.volumes().equals(volumes)) {
      volumes = cluster.volumes();
      pricedVolumes =
          volumes.stream().map(volume -> priced(volume, now)).collect(toUnmodifiableList());
    }
    if (!isHere || !cluster.loadBalancers().equals(balancers)) {
      balancers = cluster.loadBalancers();
      CloudBalancers made = new CloudBalancers(balancers, now);
      pricedBalancers =
          balancers.stream()
              .map(balancer -> priced(balancer, made, now))
              .collect(toUnmodifiableList());
    }
    Map<EgressKind, Quote> egress = new EnumMap<>(EgressKind.class);
    for (EgressKind kind : EgressKind.values()) {
      egress.put(kind, chain.egress(kind, now));
    }
    return new PricedCluster(
        present(
            pricedNodes,
            cluster.presence().nodes(),
            node -> node.with(cluster.presence().of(node.node()))),
        present(
            pricedVolumes,
            cluster.presence().volumes(),
            volume -> volume.with(cluster.presence().of(volume.volume()))),
        present(
            pricedBalancers,
            cluster.presence().loadBalancers(),
            balancer -> balancer.with(cluster.presence().of(balancer.loadBalancer()))),
        egress,
        chain.controlPlane(now),
        now,
        chain.coverage());
  }

  private static <T> List<T> present(
      List<T> priced, Map<String, Double> presence, UnaryOperator<T> with) {
    return presence.isEmpty() ? priced : priced.stream().map(with).toList();
  }

  private PricedLoadBalancer priced(LoadBalancer balancer, CloudBalancers made, ClusterPlace now) {
    Quote quote =
        made.charged(balancer)
            .map(charged -> chain.loadBalancer(charged, now))
            .orElse(Quote.NOTHING);
    return new PricedLoadBalancer(balancer, quote);
  }

  private PricedVolume priced(Volume volume, ClusterPlace now) {
    Quote quote = chain.volume(volume, now);
    return new PricedVolume(volume, quote.withAmount(quote.amount() * volume.share()));
  }
}

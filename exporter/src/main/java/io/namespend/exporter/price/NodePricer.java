package io.namespend.exporter.price;

import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;

/** Gives every node a price and splits it into rates. */
public final class NodePricer {
  private final PriceChain chain;
  private final NodeCapacity capacity;
  private final RateSplit split;

  public NodePricer(PriceChain chain, NodeCapacity capacity, RateSplit split) {
    this.chain = chain;
    this.capacity = capacity;
    this.split = split;
  }

  /** This with the prices of another chain. */
  NodePricer by(PriceChain prices) {
    return new NodePricer(prices, capacity, split);
  }

  public PricedNode price(Node node) {
    Resources amount = capacity.of(node);
    Quote quote = chain.node(node);
    if (node.virtual().isPresent() && split.isWeightless(amount)) {
      // Nothing could carry a price.
      quote = quote.withAmount(0);
    }
    return new PricedNode(
        node, amount, capacity.allocatable(node), quote, split.split(quote.amount(), amount));
  }
}

package io.namespend.exporter.price;

import io.namespend.exporter.cluster.Node;
import io.namespend.exporter.cluster.Resources;
import java.util.List;
import java.util.Optional;

/** Gives every node a price: the first source that knows it wins, and the fallback knows all. */
public final class NodePricer {
  /** Assumed of a node that neither reports a capacity nor has a known type: an m5.large. */
  private static final Resources ASSUMED_CAPACITY = Resources.ofGib(2, 8, 0);

  private final List<PriceSource> sources;
  private final BuiltinPrices instanceTypes;

  /**
   * @param sources in order of trust
   */
  public NodePricer(List<PriceSource> sources, BuiltinPrices instanceTypes) {
    this.sources = List.copyOf(sources);
    this.instanceTypes = instanceTypes;
  }

  public PricedNode price(Node node) {
    Resources capacity = capacity(node);
    NodeQuote quote =
        sources.stream()
            .map(source -> source.quote(node))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseGet(() -> fallback(node, capacity));
    return new PricedNode(
        node, capacity, quote, FallbackRates.splitRatio().scaledTo(quote.hourly(), capacity));
  }

  private static NodeQuote fallback(Node node, Resources capacity) {
    return new NodeQuote(FallbackRates.of(node).cost(capacity), "fallback", true);
  }

  private Resources capacity(Node node) {
    Resources reported = node.capacity();
    if (reported.cpuCores() > 0 && reported.memoryBytes() > 0) {
      return reported;
    }
    return reported.max(instanceTypes.resources(node.instanceType()).orElse(ASSUMED_CAPACITY));
  }
}

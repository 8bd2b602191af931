package io.namespend.exporter.price;

import io.namespend.exporter.cluster.Node;
import java.util.Optional;

/** One place that may know what a node costs. */
public interface PriceSource {
  /** The price of the whole node, or empty if this source does not know it. Never blocks. */
  Optional<NodeQuote> quote(Node node);
}

package io.namespend.exporter.price;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.cluster.Node;
import io.namespend.exporter.cluster.Resources;

/**
 * A node with its price.
 *
 * @param capacity what the price is spread over: the node's capacity, or what its type is known or
 *     assumed to have where it reports none
 * @param allocatable what pods can get of the capacity
 * @param rates {@code rates.cost(capacity)} is {@code quote.amount()}
 */
public record PricedNode(
    Node node, Resources capacity, Resources allocatable, Quote quote, ResourceRates rates) {
  public PricedNode {
    requireNonNull(node, "node");
    requireNonNull(capacity, "capacity");
    requireNonNull(allocatable, "allocatable");
    requireNonNull(quote, "quote");
    requireNonNull(rates, "rates");
  }
}

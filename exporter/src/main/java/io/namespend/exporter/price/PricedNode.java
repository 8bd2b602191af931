package io.namespend.exporter.price;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;

/**
 * A node with its price.
 *
 * @param capacity what the price is spread over: the node's capacity, or what its type is known or
 *     assumed to have where it reports none
 * @param allocatable what pods can get of the capacity
 * @param presence what part of the minute it was there
 * @param rates {@code rates.cost(capacity)} is {@code quote.amount()}
 */
public record PricedNode(
    Node node,
    Resources capacity,
    Resources allocatable,
    Quote quote,
    ResourceRates rates,
    double presence) {
  public PricedNode {
    requireNonNull(node, "node");
    requireNonNull(capacity, "capacity");
    requireNonNull(allocatable, "allocatable");
    requireNonNull(quote, "quote");
    requireNonNull(rates, "rates");
  }

  /** One that is there all the time. */
  public PricedNode(
      Node node, Resources capacity, Resources allocatable, Quote quote, ResourceRates rates) {
    this(node, capacity, allocatable, quote, rates, 1);
  }

  /** The same one, there for another part of the minute. */
  PricedNode with(double otherPresence) {
    return presence == otherPresence
        ? this
        : new PricedNode(node, capacity, allocatable, quote, rates, otherPresence);
  }

  /** What it costs for one hour, in the mean of the minute. */
  public double hourly() {
    return quote.amount() * presence;
  }
}

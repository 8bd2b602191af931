package io.namespend.exporter.cli;

import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.price.EstimateReason;
import io.namespend.exporter.price.NodeCapacity;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.online.KnownRegions;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An instance type that somebody asks the price of, without a node that has it. */
record InstanceType(String name, String region, String zone, boolean spot) {
  /** A node as such types make them. */
  Node asNode(NodeCapacity capacities) {
    Node bare = node(Resources.NONE);
    // Google sells vCPUs and memory, so that nothing would cost nothing.
    return capacities.ofType(name).map(this::node).orElse(bare);
  }

  private Node node(Resources capacity) {
    return Node.named(name)
        .instanceType(name)
        .region(region)
        .zone(zone)
        .providerId(providerScheme() + "://")
        .capacityType(spot ? CapacityType.SPOT : CapacityType.ON_DEMAND)
        .capacity(capacity)
        .allocatable(capacity)
        .build();
  }

  /**
   * A price of a name that was mistyped would be believed.
   *
   * @throws CannotStartException if no source knows the type, or nobody the region
   */
  void requireKnown(Node node, PriceSources sources) {
    Quote quote = sources.chain().undiscounted(node);
    boolean byNobody =
        quote.doubts().contains(EstimateReason.FALLBACK)
            || quote.doubts().contains(EstimateReason.CURRENCY);
    boolean ofNothing = quote.amount() == 0 && node.capacity().equals(Resources.NONE);
    if (byNobody || ofNothing) {
      requireIn(sources.typeNames(), name, "instance type", "no source");
    }
    if (quote.estimated()) {
      // One of another provider is as wrong as one that does not exist.
      String provider = node.provider().name().toLowerCase(Locale.ROOT);
      requireIn(KnownRegions.of(node.provider()), region, "region", "no region of " + provider);
    }
    if (ofNothing) {
      throw new CannotStartException(
          "the capacity of %s cannot be derived from its name; name a node of that type instead"
              .formatted(name));
    }
  }

  private static void requireIn(Set<String> known, String name, String what, String none) {
    if (known.stream().anyMatch(name::equalsIgnoreCase)) {
      return;
    }
    List<String> nearest = NearestNames.of(name, known);
    throw new CannotStartException(
        nearest.isEmpty()
            ? "unknown %s %s; %s has a name like it".formatted(what, name, none)
            : "unknown %s %s; nearest: %s".formatted(what, name, String.join(", ", nearest)));
  }

  /** The providers name their types in different ways. */
  private String providerScheme() {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("standard_") || lower.startsWith("basic_")) {
      return "azure";
    }
    return name.contains(".") ? "aws" : "gce";
  }
}

package io.namespend.exporter.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * A node, with what its price depends on. A fact that the cluster does not tell is an empty string.
 *
 * @param capacity all zero where the node reports none
 * @param distribution whose managed Kubernetes the node belongs to
 * @param terms shared between the many nodes that have the same
 * @param labels only those that a price list selects by: all labels of 5,000 nodes would be some 30
 *     MB
 * @param fargatePod present for an AWS Fargate node, whose bill follows from its pod and not from
 *     the node's capacity
 */
public record Node(
    String name,
    String instanceType,
    String region,
    String zone,
    String arch,
    String providerId,
    CapacityType capacityType,
    Resources capacity,
    Resources allocatable,
    Distribution distribution,
    NodeTerms terms,
    Map<String, String> labels,
    Optional<FargatePod> fargatePod) {
  public Node {
    requireNonNull(name, "name");
    requireNonNull(instanceType, "instanceType");
    requireNonNull(region, "region");
    requireNonNull(zone, "zone");
    requireNonNull(arch, "arch");
    requireNonNull(providerId, "providerId");
    requireNonNull(capacityType, "capacityType");
    requireNonNull(capacity, "capacity");
    requireNonNull(allocatable, "allocatable");
    requireNonNull(distribution, "distribution");
    requireNonNull(terms, "terms");
    labels = Map.copyOf(labels);
    requireNonNull(fargatePod, "fargatePod");
  }

  /** A node that belongs to no known distribution and of which no label matters. */
  public Node(
      String name,
      String instanceType,
      String region,
      String zone,
      String arch,
      String providerId,
      CapacityType capacityType,
      Resources capacity,
      Resources allocatable) {
    this(
        name,
        instanceType,
        region,
        zone,
        arch,
        providerId,
        capacityType,
        capacity,
        allocatable,
        Distribution.OTHER,
        NodeTerms.PLAIN,
        Map.of(),
        Optional.empty());
  }

  public Provider provider() {
    return Provider.ofProviderId(providerId);
  }

  /** This Fargate node with its pod. */
  Node withFargatePod(FargatePod pod) {
    return new Node(
        name,
        instanceType,
        region,
        zone,
        arch,
        providerId,
        capacityType,
        capacity,
        allocatable,
        distribution,
        terms,
        labels,
        Optional.of(pod));
  }
}

package io.namespend.exporter.cluster.node;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * A node, with what its price depends on. A fact that the cluster does not tell is an empty string.
 *
 * @param capacity all zero where the node reports none; GPUs are those of the machine, however many
 *     shares of them it reports
 * @param allocatable of what the node does not tell its capacity
 * @param distribution whose managed Kubernetes the node belongs to
 * @param kubelet never newer than the control plane
 * @param terms shared between the many nodes that have the same
 * @param labels only those that a price list selects by: all labels of 5,000 nodes would be some 30
 *     MB
 * @param fargatePod present for an AWS Fargate node, whose bill follows from its pod and not from
 *     the node's capacity
 * @param deviceShares how much of a GPU one unit of its resources is
 * @param virtual present for a node without a machine, whose capacity is made up
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
    KubernetesVersion kubelet,
    NodeTerms terms,
    Map<String, String> labels,
    Optional<FargatePod> fargatePod,
    DeviceShares deviceShares,
    Optional<VirtualNode> virtual) {
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
    requireNonNull(kubelet, "kubelet");
    requireNonNull(terms, "terms");
    labels = Map.copyOf(labels);
    requireNonNull(fargatePod, "fargatePod");
    requireNonNull(deviceShares, "deviceShares");
    requireNonNull(virtual, "virtual");
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

  /** A node with a machine, of unknown version, of whose GPUs each unit is one. */
  public Node(
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
        distribution,
        KubernetesVersion.UNKNOWN,
        terms,
        labels,
        fargatePod,
        DeviceShares.PLAIN,
        Optional.empty());
  }

  public Provider provider() {
    return Provider.ofProviderId(providerId);
  }

  /** This Fargate node with its pod. */
  public Node withFargatePod(FargatePod pod) {
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
        kubelet,
        terms,
        labels,
        Optional.of(pod),
        deviceShares,
        virtual);
  }

  /** This node with at least so many GPUs, of which those that it does not report are free. */
  Node withDevices(double devices) {
    double unreported = devices - capacity.gpus();
    if (unreported <= 0 && !deviceShares.isGuessed()) {
      return this;
    }
    Resources more = new Resources(0, 0, Math.max(0, unreported));
    return new Node(
        name,
        instanceType,
        region,
        zone,
        arch,
        providerId,
        capacityType,
        capacity.plus(more),
        allocatable.plus(more),
        distribution,
        kubelet,
        terms,
        labels,
        fargatePod,
        new DeviceShares(deviceShares.ofUnit(), false),
        virtual);
  }

  /** This virtual node with what its pods request. */
  public Node withVirtual(VirtualNode requested) {
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
        kubelet,
        terms,
        labels,
        fargatePod,
        deviceShares,
        Optional.of(requested));
  }
}

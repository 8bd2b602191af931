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

  /** A node of which nothing else is known: on demand, of no distribution, with nothing. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  public Provider provider() {
    return Provider.ofProviderId(providerId);
  }

  /** This Fargate node with its pod. */
  public Node withFargatePod(FargatePod pod) {
    return copy().fargatePod(Optional.of(pod)).build();
  }

  /** This node with at least so many GPUs, of which those that it does not report are free. */
  Node withDevices(double devices) {
    double unreported = devices - capacity.gpus();
    if (unreported <= 0 && !deviceShares.isGuessed()) {
      return this;
    }
    Resources more = new Resources(0, 0, Math.max(0, unreported));
    return copy()
        .capacity(capacity.plus(more))
        .allocatable(allocatable.plus(more))
        .deviceShares(new DeviceShares(deviceShares.ofUnit(), false))
        .build();
  }

  /** This virtual node with what its pods request. */
  public Node withVirtual(VirtualNode requested) {
    return copy().virtual(Optional.of(requested)).build();
  }

  public Builder copy() {
    return new Builder(name)
        .instanceType(instanceType)
        .region(region)
        .zone(zone)
        .arch(arch)
        .providerId(providerId)
        .capacityType(capacityType)
        .capacity(capacity)
        .allocatable(allocatable)
        .distribution(distribution)
        .kubelet(kubelet)
        .terms(terms)
        .labels(labels)
        .fargatePod(fargatePod)
        .deviceShares(deviceShares)
        .virtual(virtual);
  }

  /** Builds a node of facts by their names. */
  public static final class Builder {
    private final String name;
    private String instanceType = "";
    private String region = "";
    private String zone = "";
    private String arch = "";
    private String providerId = "";
    private CapacityType capacityType = CapacityType.ON_DEMAND;
    private Resources capacity = Resources.NONE;
    private Resources allocatable = Resources.NONE;
    private Distribution distribution = Distribution.OTHER;
    private KubernetesVersion kubelet = KubernetesVersion.UNKNOWN;
    private NodeTerms terms = NodeTerms.PLAIN;
    private Map<String, String> labels = Map.of();
    private Optional<FargatePod> fargatePod = Optional.empty();
    private DeviceShares deviceShares = DeviceShares.PLAIN;
    private Optional<VirtualNode> virtual = Optional.empty();

    private Builder(String name) {
      this.name = name;
    }

    public Builder instanceType(String value) {
      instanceType = value;
      return this;
    }

    public Builder region(String value) {
      region = value;
      return this;
    }

    public Builder zone(String value) {
      zone = value;
      return this;
    }

    public Builder arch(String value) {
      arch = value;
      return this;
    }

    public Builder providerId(String value) {
      providerId = value;
      return this;
    }

    public Builder capacityType(CapacityType value) {
      capacityType = value;
      return this;
    }

    public Builder capacity(Resources value) {
      capacity = value;
      return this;
    }

    public Builder allocatable(Resources value) {
      allocatable = value;
      return this;
    }

    public Builder distribution(Distribution value) {
      distribution = value;
      return this;
    }

    public Builder kubelet(KubernetesVersion value) {
      kubelet = value;
      return this;
    }

    public Builder terms(NodeTerms value) {
      terms = value;
      return this;
    }

    public Builder labels(Map<String, String> value) {
      labels = value;
      return this;
    }

    public Builder fargatePod(Optional<FargatePod> value) {
      fargatePod = value;
      return this;
    }

    public Builder deviceShares(DeviceShares value) {
      deviceShares = value;
      return this;
    }

    public Builder virtual(Optional<VirtualNode> value) {
      virtual = value;
      return this;
    }

    public Node build() {
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
          virtual);
    }
  }
}

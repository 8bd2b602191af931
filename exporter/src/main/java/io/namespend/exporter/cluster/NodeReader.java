package io.namespend.exporter.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes from a Kubernetes Node what its price depends on. */
final class NodeReader {
  private static final List<String> INSTANCE_TYPE =
      List.of("node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type");
  private static final List<String> REGION =
      List.of("topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region");
  private static final List<String> ZONE =
      List.of("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone");
  private static final List<String> ARCH = List.of("kubernetes.io/arch", "beta.kubernetes.io/arch");

  /** Labels whose value names the capacity type: Karpenter, EKS, AKS, kOps and custom practice. */
  private static final List<String> CAPACITY_TYPE =
      List.of(
          "karpenter.sh/capacity-type",
          "eks.amazonaws.com/capacityType",
          "kubernetes.azure.com/scalesetpriority",
          "node.kubernetes.io/lifecycle",
          "lifecycle");

  /** Labels that say spot by being {@code true}: GKE. */
  private static final List<String> SPOT_FLAGS =
      List.of("cloud.google.com/gke-spot", "cloud.google.com/gke-preemptible");

  private NodeReader() {}

  /**
   * @param keptLabels keys of the labels to keep
   * @param types for GPUs that the node does not report
   */
  static Node read(JsonNode node, Set<String> keptLabels, InstanceTypes types) {
    JsonNode metadata = Fields.object(node, "metadata");
    JsonNode status = Fields.object(node, "status");
    Map<String, String> labels = Fields.textsByName(metadata, "labels");
    String instanceType = first(labels, INSTANCE_TYPE);
    NodeAccelerators accelerators =
        NodeAccelerators.of(status, new SharingLabels(labels), types.devices(instanceType));
    Resources capacity = ResourceAmounts.cpuAndMemory(Fields.object(status, "capacity"));
    return new Node(
        Fields.text(metadata, "name"),
        instanceType,
        first(labels, REGION),
        first(labels, ZONE),
        first(labels, ARCH),
        Fields.text(Fields.object(node, "spec"), "providerID"),
        capacityType(labels),
        capacity.plus(new Resources(0, 0, accelerators.capacity())),
        allocatable(capacity, Fields.object(status, "allocatable"))
            .plus(new Resources(0, 0, accelerators.allocatable())),
        Distribution.of(Fields.text(Fields.object(status, "nodeInfo"), "kubeletVersion"), labels),
        kept(labels, keptLabels),
        "fargate".equals(labels.get("eks.amazonaws.com/compute-type"))
            ? Optional.of(FargatePod.NONE)
            : Optional.empty(),
        accelerators.shares(),
        VirtualNode.of(node, labels));
  }

  /** All of what nothing is said of. Memory in huge pages is memory that pods can get. */
  private static Resources allocatable(Resources capacity, JsonNode reported) {
    Resources plain = ResourceAmounts.cpuAndMemory(reported);
    double memory = plain.memoryBytes() + ResourceAmounts.hugePageBytes(reported);
    return new Resources(
        reported.hasNonNull("cpu") ? plain.cpuCores() : capacity.cpuCores(),
        reported.hasNonNull("memory")
            ? capacity.memoryBytes() > 0
                ? Math.min(memory, Math.max(plain.memoryBytes(), capacity.memoryBytes()))
                : memory
            : capacity.memoryBytes(),
        0);
  }

  private static Map<String, String> kept(Map<String, String> labels, Set<String> keys) {
    return keys.stream()
        .filter(labels::containsKey)
        .collect(Collectors.toUnmodifiableMap(key -> key, labels::get));
  }

  private static CapacityType capacityType(Map<String, String> labels) {
    if (SPOT_FLAGS.stream().anyMatch(flag -> "true".equals(labels.get(flag)))) {
      return CapacityType.SPOT;
    }
    String value = first(labels, CAPACITY_TYPE).toLowerCase(Locale.ROOT).replace('_', '-');
    return switch (value) {
      case "spot", "ec2spot", "preemptible" -> CapacityType.SPOT;
      case "reserved", "capacity-block" -> CapacityType.RESERVED;
      default -> CapacityType.ON_DEMAND;
    };
  }

  private static String first(Map<String, String> labels, List<String> keys) {
    return keys.stream()
        .map(key -> labels.getOrDefault(key, ""))
        .filter(v -> !v.isEmpty())
        .findFirst()
        .orElse("");
  }
}

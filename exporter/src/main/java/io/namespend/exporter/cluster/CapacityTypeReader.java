package io.namespend.exporter.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads from a node's labels how it was bought. What bought or made the node knows best; where it
 * says nothing, labels count that people and other tools use.
 */
final class CapacityTypeReader {
  /** Written by what made the node; the value says how it was bought. */
  private static final List<String> MAKERS =
      List.of(
          "karpenter.sh/capacity-type",
          "eks.amazonaws.com/capacityType",
          "kubernetes.azure.com/scalesetpriority",
          "cloud.google.com/gke-provisioning",
          "spotinst.io/node-lifecycle",
          "node.alibabacloud.com/spot-strategy");

  /** The on-demand node that CAST AI puts in place of a spot node keeps the labels of one. */
  private static final List<String> ON_DEMAND_FLAGS =
      List.of("scheduling.cast.ai/spot-fallback", "scheduling.cast.ai/fake-spot");

  /** Names after the prefix, whoever's it is; the value says how the node was bought. */
  private static final Set<String> NAMES =
      Set.of("lifecycle", "node-lifecycle", "instance-lifecycle", "capacity-type", "capacitytype");

  /**
   * Names after the prefix; {@code true} or no value says spot: GKE, CAST AI, kOps, OpenShift and
   * HyperShift, Cluster API, Oracle, Yandex.
   */
  private static final Set<String> FLAGS =
      Set.of(
          "gke-spot",
          "gke-preemptible",
          "spot",
          "spot-worker",
          "spot-instance",
          "interruptible",
          "interruptible-instance",
          "preemptible",
          "oke-is-preemptible");

  private CapacityTypeReader() {}

  /**
   * @param spotLabels of the policy, which know better than anybody
   */
  static CapacityType read(Map<String, String> labels, List<SpotLabel> spotLabels) {
    if (spotLabels.stream().anyMatch(label -> label.isOn(labels))) {
      return CapacityType.SPOT;
    }
    if (ON_DEMAND_FLAGS.stream().anyMatch(flag -> "true".equals(labels.get(flag)))) {
      return CapacityType.ON_DEMAND;
    }
    return MAKERS.stream()
        .flatMap(key -> said(labels.getOrDefault(key, "")).stream())
        .findFirst()
        .map(type -> type == CapacityType.RESERVED ? reserved(labels) : type)
        .orElseGet(() -> byOthers(labels));
  }

  private static CapacityType byOthers(Map<String, String> labels) {
    CapacityType found = CapacityType.ON_DEMAND;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      String name = NodeTermsReader.lower(NodeTermsReader.nameOf(label.getKey()));
      if (FLAGS.contains(name) && isSet(label.getValue())) {
        return CapacityType.SPOT;
      }
      if (NAMES.contains(name)) {
        CapacityType said = said(label.getValue()).orElse(CapacityType.ON_DEMAND);
        if (said == CapacityType.SPOT) {
          return said;
        }
        found = said == CapacityType.ON_DEMAND ? found : said;
      }
    }
    return found;
  }

  private static boolean isSet(String value) {
    return value.isEmpty() || value.equalsIgnoreCase("true") || value.equalsIgnoreCase("yes");
  }

  /** Karpenter calls a capacity block reserved, and says beside it what it is. */
  private static CapacityType reserved(Map<String, String> labels) {
    return labels
            .getOrDefault("karpenter.k8s.aws/capacity-reservation-type", "")
            .equals("capacity-block")
        ? CapacityType.CAPACITY_BLOCK
        : CapacityType.RESERVED;
  }

  private static Optional<CapacityType> said(String value) {
    return switch (NodeTermsReader.lower(value).replace('_', '-')) {
      case "spot",
          "ec2spot",
          "preemptible",
          "interruptible",
          "spotaspricego",
          "spotwithpricelimit" ->
          Optional.of(CapacityType.SPOT);
      case "reserved" -> Optional.of(CapacityType.RESERVED);
      case "capacity-block" -> Optional.of(CapacityType.CAPACITY_BLOCK);
      case "on-demand", "ondemand", "od", "regular", "standard", "normal", "nospot" ->
          Optional.of(CapacityType.ON_DEMAND);
      default -> Optional.empty();
    };
  }
}

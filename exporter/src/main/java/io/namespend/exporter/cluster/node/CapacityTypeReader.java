package io.namespend.exporter.cluster.node;

import io.namespend.exporter.cluster.node.NodeLabels.SpotLabel;
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

  /**
   * Names after the prefix, whoever's it is, as {@link #plain}; the value says how the node was
   * bought.
   */
  private static final Set<String> NAMES =
      Set.of(
          "capacitytype",
          "instancecapacitytype",
          "lifecycle",
          "nodelifecycle",
          "instancelifecycle",
          "market",
          "markettype",
          "instancemarket",
          "instancemarkettype",
          "nodetype",
          "pricingmodel",
          "provisioningmodel",
          "purchaseoption",
          "purchasetype",
          "purchasingoption");

  /**
   * Names after the prefix, as {@link #plain}; {@code true} or no value says spot: GKE, CAST AI,
   * kOps, OpenShift and HyperShift, Cluster API, Oracle, Yandex.
   */
  private static final Set<String> FLAGS =
      Set.of(
          "gkespot",
          "gkepreemptible",
          "spot",
          "isspot",
          "spotnode",
          "spotworker",
          "spotinstance",
          "awsspot",
          "ec2spot",
          "interruptible",
          "interruptiblenode",
          "interruptibleinstance",
          "preemptible",
          "ispreemptible",
          "preemptiblenode",
          "okeispreemptible");

  /** What says so where nothing says no. */
  private static final Set<String> YES = Set.of("", "true", "yes", "1", "enabled", "present");

  private CapacityTypeReader() {}

  /**
   * @param taints values by key, which say the same as labels where those say nothing: a pool may
   *     have nothing but the taint that keeps other pods away
   * @param spotLabels of the policy, which know better than anybody
   */
  static CapacityType read(
      Map<String, String> labels, Map<String, String> taints, List<SpotLabel> spotLabels) {
    if (spotLabels.stream().anyMatch(label -> label.isOn(labels))) {
      return CapacityType.SPOT;
    }
    if (ON_DEMAND_FLAGS.stream().anyMatch(flag -> "true".equals(labels.get(flag)))) {
      return CapacityType.ON_DEMAND;
    }
    Optional<CapacityType> ofMaker =
        byMaker(labels).map(type -> type == CapacityType.RESERVED ? reserved(labels) : type);
    return ofMaker
        .or(() -> byOthers(labels))
        .or(() -> byMaker(taints))
        .or(() -> byOthers(taints))
        .orElse(CapacityType.ON_DEMAND);
  }

  private static Optional<CapacityType> byMaker(Map<String, String> labels) {
    return MAKERS.stream().flatMap(key -> said(labels.getOrDefault(key, "")).stream()).findFirst();
  }

  /** Empty if they say no more than on demand, in words such as standard or normal. */
  private static Optional<CapacityType> byOthers(Map<String, String> labels) {
    Optional<CapacityType> found = Optional.empty();
    for (Map.Entry<String, String> label : labels.entrySet()) {
      String name = plain(NodeTermsReader.nameOf(label.getKey()));
      if (FLAGS.contains(name) && YES.contains(NodeTermsReader.lower(label.getValue()))) {
        return Optional.of(CapacityType.SPOT);
      }
      if (NAMES.contains(name)) {
        CapacityType said = said(label.getValue()).orElse(CapacityType.ON_DEMAND);
        if (said == CapacityType.SPOT) {
          return Optional.of(said);
        }
        if (said.compareTo(found.orElse(CapacityType.ON_DEMAND)) > 0) {
          found = Optional.of(said);
        }
      }
    }
    return found;
  }

  /** Without case and separators: {@code capacity-type} and {@code capacityType} are one name. */
  static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '-' && c != '_' && c != '.') {
        plain.append(Character.toLowerCase(c));
      }
    }
    return plain.toString();
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
    return switch (plain(value)) {
      case "spot",
          "ec2spot",
          "spotinstance",
          "preemptible",
          "interruptible",
          "spotaspricego",
          "spotwithpricelimit" ->
          Optional.of(CapacityType.SPOT);
      case "reserved" -> Optional.of(CapacityType.RESERVED);
      case "capacityblock" -> Optional.of(CapacityType.CAPACITY_BLOCK);
      case "ondemand", "od", "regular", "standard", "normal", "nospot" ->
          Optional.of(CapacityType.ON_DEMAND);
      default -> Optional.empty();
    };
  }
}

package io.namespend.exporter.cluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Fields;
import io.namespend.exporter.cluster.node.NodeTerms.Management;
import io.namespend.exporter.cluster.node.NodeTerms.OperatingSystem;
import io.namespend.exporter.cluster.node.NodeTerms.Tenancy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads from a Kubernetes Node what its price depends on beside the machine. */
final class NodeTermsReader {
  private static final String COMPUTE_TYPE = "eks.amazonaws.com/compute-type";
  private static final String COMPUTE_CLASS = "cloud.google.com/compute-class";

  /** Nodes of GKE Autopilot are named so, in every version; their labels differ. */
  private static final String AUTOPILOT_NAME = "gk3-";

  private static final List<String> OS_LABELS =
      List.of(
          "kubernetes.io/os",
          "beta.kubernetes.io/os",
          "kubernetes.azure.com/os-sku",
          "kubernetes.azure.com/os-sku-effective",
          "kubernetes.azure.com/os-sku-requested",
          "cloud.google.com/gke-os-distribution");

  /** Kubelets of Windows set it. */
  private static final String WINDOWS_BUILD = "node.kubernetes.io/windows-build";

  /** The name of the distribution, as in {@code /etc/os-release}: OpenShift's, and NFD's. */
  private static final List<String> OS_IDS =
      List.of("node.openshift.io/os_id", "feature.node.kubernetes.io/system-os_release.ID");

  /** As {@link CapacityTypeReader#plain}. */
  private static final Set<String> TENANCY_NAMES = Set.of("instancetenancy", "tenancy");

  /** Auto Mode has an image of its own, and labels that say what the instance is. */
  private static final String AUTO_MODE_IMAGE = "bottlerocket (eks auto";

  private static final List<String> AUTO_MODE_LABELS =
      List.of("eks.amazonaws.com/instance-category", "eks.amazonaws.com/instance-family");

  private NodeTermsReader() {}

  static NodeTerms read(
      String name, String providerId, Map<String, String> labels, JsonNode nodeInfo) {
    NodeTerms terms =
        new NodeTerms(
            operatingSystem(labels, nodeInfo),
            tenancy(labels),
            management(name, providerId, labels, nodeInfo));
    return terms.equals(NodeTerms.PLAIN) ? NodeTerms.PLAIN : terms;
  }

  private static OperatingSystem operatingSystem(Map<String, String> labels, JsonNode nodeInfo) {
    boolean windows =
        lower(Fields.text(nodeInfo, "operatingSystem")).equals("windows")
            || labels.containsKey(WINDOWS_BUILD)
            || OS_LABELS.stream()
                .anyMatch(key -> lower(labels.getOrDefault(key, "")).startsWith("windows"));
    String image = lower(Fields.text(nodeInfo, "osImage"));
    if (windows || image.startsWith("windows")) {
      return OperatingSystem.WINDOWS;
    }
    List<String> ids = OS_IDS.stream().map(key -> lower(labels.getOrDefault(key, ""))).toList();
    // CoreOS comes with an OpenShift subscription; its instances have the price of Linux.
    boolean redHat = image.startsWith("red hat enterprise linux") || ids.contains("rhel");
    if (redHat && !image.contains("coreos")) {
      return OperatingSystem.RHEL;
    }
    // opensuse-leap is free.
    if (image.startsWith("suse linux") || ids.stream().anyMatch(id -> id.startsWith("sle"))) {
      return OperatingSystem.SUSE;
    }
    return image.contains("ubuntu pro") ? OperatingSystem.UBUNTU_PRO : OperatingSystem.LINUX;
  }

  /** Karpenter and others name the label after themselves, the value after AWS. */
  private static Tenancy tenancy(Map<String, String> labels) {
    for (Map.Entry<String, String> label : labels.entrySet()) {
      String key = label.getKey();
      if (key.endsWith("enancy") && TENANCY_NAMES.contains(CapacityTypeReader.plain(nameOf(key)))) {
        switch (lower(label.getValue())) {
          case "dedicated" -> {
            return Tenancy.DEDICATED;
          }
          case "host" -> {
            return Tenancy.HOST;
          }
          default -> {
            // Shared, or a word of the user's own.
          }
        }
      }
    }
    return Tenancy.SHARED;
  }

  private static Management management(
      String name, String providerId, Map<String, String> labels, JsonNode nodeInfo) {
    String computeType = lower(labels.getOrDefault(COMPUTE_TYPE, ""));
    boolean autoMode =
        computeType.equals("auto")
            || lower(Fields.text(nodeInfo, "osImage")).startsWith(AUTO_MODE_IMAGE)
            || AUTO_MODE_LABELS.stream().anyMatch(labels::containsKey);
    if (autoMode) {
      return Management.EKS_AUTO_MODE;
    }
    if (computeType.equals("hybrid") || providerId.startsWith(Distribution.EKS_HYBRID)) {
      return Management.EKS_HYBRID;
    }
    boolean autopilot =
        name.startsWith(AUTOPILOT_NAME)
            || labels.getOrDefault(COMPUTE_CLASS, "").startsWith("autopilot");
    return autopilot ? Management.GKE_AUTOPILOT : Management.NONE;
  }

  /** The part of a label's key after the prefix. */
  static String nameOf(String key) {
    return key.substring(key.indexOf('/') + 1);
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}

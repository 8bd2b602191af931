package io.namespend.exporter.cluster.node;

import java.util.Map;

/** The managed Kubernetes that a node belongs to; its provider charges for the control plane. */
public enum Distribution {
  EKS,
  GKE,
  AKS,
  OTHER;

  /** The scheme of a hybrid node's provider id. */
  static final String EKS_HYBRID = "eks-hybrid:";

  /**
   * The kubelet's version says it even where no label does, as on nodes that Karpenter made.
   *
   * @param kubeletVersion such as {@code v1.33.1-eks-1a2b3c4}
   * @param providerId tells EKS from EKS Anywhere, which has the same kubelet on machines of others
   *     and a control plane that AWS does not run
   */
  static Distribution of(String kubeletVersion, String providerId, Map<String, String> labels) {
    boolean ofAws =
        providerId.isEmpty()
            || providerId.startsWith("aws:")
            || providerId.startsWith(EKS_HYBRID)
            || "hybrid".equals(labels.get("eks.amazonaws.com/compute-type"));
    if (kubeletVersion.contains("-eks-") && ofAws) {
      return EKS;
    }
    if (kubeletVersion.contains("-gke.")) {
      return GKE;
    }
    if (labels.containsKey("kubernetes.azure.com/cluster")) {
      return AKS;
    }
    return labels.containsKey("eks.amazonaws.com/nodegroup")
        ? EKS
        : labels.containsKey("cloud.google.com/gke-nodepool") ? GKE : OTHER;
  }
}

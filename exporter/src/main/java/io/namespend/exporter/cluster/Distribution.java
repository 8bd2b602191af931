package io.namespend.exporter.cluster;

import java.util.Map;

/** The managed Kubernetes that a node belongs to; its provider charges for the control plane. */
public enum Distribution {
  EKS,
  GKE,
  AKS,
  OTHER;

  /**
   * The kubelet's version says it even where no label does, as on nodes that Karpenter made.
   *
   * @param kubeletVersion such as {@code v1.33.1-eks-1a2b3c4}
   */
  static Distribution of(String kubeletVersion, Map<String, String> labels) {
    if (kubeletVersion.contains("-eks-")) {
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

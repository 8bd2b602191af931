package io.namespend.exporter.cluster.node;

/** Who looks after a node and charges for that. */
public enum Management {
  NONE,
  /** AWS adds a fee to the price of the instance. */
  EKS_AUTO_MODE,
  /** The customer's own machine, for which AWS charges a fee per vCPU. */
  EKS_HYBRID,
  /** Google bills what pods request and not the machine. */
  GKE_AUTOPILOT
}

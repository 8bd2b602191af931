package io.namespend.exporter.cluster.node;

import static java.util.Objects.requireNonNull;

/** What the price of a node depends on beside its machine and how that was bought. */
public record NodeTerms(OperatingSystem operatingSystem, Tenancy tenancy, Management management) {
  /** Linux on a shared machine that nobody charges extra for: most nodes. */
  public static final NodeTerms PLAIN =
      new NodeTerms(OperatingSystem.LINUX, Tenancy.SHARED, Management.NONE);

  public NodeTerms {
    requireNonNull(operatingSystem, "operatingSystem");
    requireNonNull(tenancy, "tenancy");
    requireNonNull(management, "management");
  }

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

  /** What runs on a node, as far as its price depends on it. */
  public enum OperatingSystem {
    /**
     * Also Amazon Linux, Ubuntu, Bottlerocket and Container-Optimized OS: nobody charges for them.
     */
    LINUX,
    WINDOWS,
    RHEL,
    SUSE,
    UBUNTU_PRO
  }

  /** Who shares the hardware under a node. */
  public enum Tenancy {
    SHARED,
    /** Hardware of one customer; each instance is billed, at another price. */
    DEDICATED,
    /** A host of one customer; the host is billed, whatever runs on it. */
    HOST
  }
}

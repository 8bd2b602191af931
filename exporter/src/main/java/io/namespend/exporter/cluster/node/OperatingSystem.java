package io.namespend.exporter.cluster.node;

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

package io.namespend.exporter.cluster.node;

/** Who shares the hardware under a node. */
public enum Tenancy {
  SHARED,
  /** Hardware of one customer; each instance is billed, at another price. */
  DEDICATED,
  /** A host of one customer; the host is billed, whatever runs on it. */
  HOST
}

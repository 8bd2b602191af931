package io.namespend.exporter.cluster.node;

/** How a node was bought, as far as its labels tell. */
public enum CapacityType {
  ON_DEMAND("on-demand"),
  SPOT("spot"),
  RESERVED("reserved"),
  /** AWS hardware for a time that was paid for in advance. */
  CAPACITY_BLOCK("capacity-block");

  private final String label;

  CapacityType(String label) {
    this.label = label;
  }

  /** The spelling in metric labels. */
  public String label() {
    return label;
  }
}

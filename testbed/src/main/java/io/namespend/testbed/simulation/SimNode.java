package io.namespend.testbed.simulation;

/**
 * A node.
 *
 * @param instanceType empty for a machine whose type nobody knows
 * @param nodeGroup the pool that it was made in; empty for a machine that nobody manages
 * @param hourlyPrice what it truly costs
 * @param start second since 1970 when it joined
 * @param end when it leaves
 */
public record SimNode(
    String name,
    String instanceType,
    String nodeGroup,
    boolean spot,
    double hourlyPrice,
    double cpuCores,
    double memoryGib,
    int gpus,
    long start,
    long end) {

  private static final double GIB = 1L << 30;

  public boolean aliveAt(long second) {
    return start <= second && second < end;
  }

  public double memoryBytes() {
    return memoryGib * GIB;
  }

  /** What pods can get: the kubelet and the system keep a slice. */
  public double allocatableCores() {
    return cpuCores - 0.08;
  }

  /** Bytes. */
  public double allocatableBytes() {
    return memoryBytes() - 0.9 * GIB;
  }
}

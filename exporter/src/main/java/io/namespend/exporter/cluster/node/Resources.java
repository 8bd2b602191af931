package io.namespend.exporter.cluster.node;

/**
 * An amount of the three resources that are priced by the hour.
 *
 * @param cpuCores vCPU cores
 * @param memoryBytes bytes
 * @param gpus whole GPUs
 */
public record Resources(double cpuCores, double memoryBytes, double gpus) {
  public static final Resources NONE = new Resources(0, 0, 0);

  static final double BYTES_PER_GIB = 1L << 30;

  public Resources {
    requireAmount("cpu", cpuCores);
    requireAmount("memory", memoryBytes);
    requireAmount("gpu", gpus);
  }

  public static Resources ofGib(double cpuCores, double memoryGib, double gpus) {
    return new Resources(cpuCores, memoryGib * BYTES_PER_GIB, gpus);
  }

  public double memoryGib() {
    return memoryBytes / BYTES_PER_GIB;
  }

  public Resources plus(Resources other) {
    return new Resources(
        cpuCores + other.cpuCores, memoryBytes + other.memoryBytes, gpus + other.gpus);
  }

  /** So many times the amounts. */
  public Resources times(double factor) {
    return new Resources(cpuCores * factor, memoryBytes * factor, gpus * factor);
  }

  /** The larger of both, resource by resource. */
  public Resources max(Resources other) {
    return new Resources(
        Math.max(cpuCores, other.cpuCores),
        Math.max(memoryBytes, other.memoryBytes),
        Math.max(gpus, other.gpus));
  }

  private static void requireAmount(String resource, double amount) {
    if (!(amount >= 0) || Double.isInfinite(amount)) {
      throw new IllegalArgumentException(
          "%s is %s; it must be a finite number, not below 0".formatted(resource, amount));
    }
  }
}

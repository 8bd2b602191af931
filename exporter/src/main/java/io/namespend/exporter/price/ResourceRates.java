package io.namespend.exporter.price;

import io.namespend.exporter.cluster.node.Resources;

/**
 * Prices of one unit of each resource.
 *
 * @param cpu currency per vCPU-hour
 * @param memory currency per GiB-hour
 * @param gpu currency per GPU-hour
 */
public record ResourceRates(double cpu, double memory, double gpu) {
  private static final ResourceRates NONE = new ResourceRates(0, 0, 0);

  public ResourceRates {
    for (double rate : new double[] {cpu, memory, gpu}) {
      if (!(rate >= 0) || Double.isInfinite(rate)) {
        throw new IllegalArgumentException(
            "rate %s; it must be a finite number, not below 0".formatted(rate));
      }
    }
  }

  /** Currency per hour. */
  public double cost(Resources amount) {
    return amount.cpuCores() * cpu + amount.memoryGib() * memory + amount.gpus() * gpu;
  }

  /**
   * These rates scaled by one factor so that {@code capacity} costs exactly {@code hourly}. The
   * ratio between the rates is what splits a node's price; source: OpenCost specification. All 0
   * where there is no capacity that could cost anything.
   */
  public ResourceRates scaledTo(double hourly, Resources capacity) {
    if (cost(capacity) == 0) {
      return NONE;
    }
    double factor = hourly / cost(capacity);
    return new ResourceRates(cpu * factor, memory * factor, capacity.gpus() > 0 ? gpu * factor : 0);
  }
}

package io.namespend.exporter.price;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.cluster.node.Resources;

/**
 * Spreads a node's price over its CPU, memory and GPUs. Only the ratio of the weights matters: they
 * are scaled so that the node's capacity costs its price.
 *
 * @param name as in the policy
 * @param withoutGpu weights of a vCPU and a GiB on a node without GPUs
 * @param withGpu weights on a node with GPUs
 */
public record RateSplit(String name, ResourceRates withoutGpu, ResourceRates withGpu) {
  /** CPU : memory : GPU as OpenCost's default prices. */
  public static final RateSplit OPENCOST =
      of("opencost", new ResourceRates(0.031611, 0.004237, 0.95));

  /**
   * AWS split cost allocation data: CPU to memory 9:1; with accelerators, accelerator to the rest
   * 9:1 and inside the rest 0.9:0.1.
   */
  public static final RateSplit SCAD =
      new RateSplit("scad", new ResourceRates(9, 1, 0), new ResourceRates(0.9, 0.1, 9));

  public RateSplit {
    requireNonNull(name, "name");
    requireNonNull(withoutGpu, "withoutGpu");
    requireNonNull(withGpu, "withGpu");
    // A node without GPUs has nothing else that could carry its price.
    if (!(withoutGpu.cpu() + withoutGpu.memory() > 0)) {
      throw new IllegalArgumentException(
          "split %s: cpu and memory both weigh 0; give at least one of them a weight"
              .formatted(name));
    }
  }

  /** The same weights with and without GPUs. */
  public static RateSplit of(String name, ResourceRates weights) {
    return new RateSplit(name, weights, weights);
  }

  /** Whether a capacity has nothing that carries a price. */
  boolean isWeightless(Resources capacity) {
    return weights(capacity).cost(capacity) == 0;
  }

  /**
   * Rates at which {@code capacity} costs {@code hourly}.
   *
   * @param capacity with some CPU and some memory; of a virtual node maybe with nothing
   */
  public ResourceRates split(double hourly, Resources capacity) {
    return weights(capacity).scaledTo(hourly, capacity);
  }

  private ResourceRates weights(Resources capacity) {
    return capacity.gpus() > 0 ? withGpu : withoutGpu;
  }
}

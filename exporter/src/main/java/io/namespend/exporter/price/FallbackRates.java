package io.namespend.exporter.price;

import io.namespend.exporter.cluster.CapacityType;
import io.namespend.exporter.cluster.Node;
import io.namespend.exporter.cluster.Provider;

/**
 * Rates for a node of which no price is known, and the ratio that splits a known price.
 *
 * <p>Source: the defaults of the OpenCost configuration files, USD per hour. Azure's GPU rate there
 * is below a CPU's; an unknown GPU must not be that cheap, so all providers use one GPU rate.
 */
final class FallbackRates {
  private static final ResourceRates COMMON = new ResourceRates(0.031611, 0.004237, 0.95);
  private static final ResourceRates AZURE = new ResourceRates(0.03900, 0.001917, 0.95);
  private static final ResourceRates SPOT = new ResourceRates(0.006655, 0.000892, 0.308);
  private static final ResourceRates AZURE_SPOT = new ResourceRates(0.007764, 0.000382, 0.308);

  private FallbackRates() {}

  static ResourceRates of(Node node) {
    boolean azure = node.provider() == Provider.AZURE;
    return node.capacityType() == CapacityType.SPOT
        ? (azure ? AZURE_SPOT : SPOT)
        : (azure ? AZURE : COMMON);
  }

  /** CPU : memory : GPU as 0.031611 : 0.004237 : 0.95, whatever the provider. */
  static ResourceRates splitRatio() {
    return COMMON;
  }
}

package io.namespend.exporter.policy;

/**
 * How much each basis counts in what a namespace is charged for CPU and memory. Sums to 1.
 *
 * @param request weight of what is requested
 * @param usage weight of what is used
 * @param max weight of the larger of both, container by container
 */
public record AllocationWeights(double request, double usage, double max) {
  public AllocationWeights {
    if (!(request >= 0 && usage >= 0 && max >= 0) || Math.abs(request + usage + max - 1) > 1e-9) {
      throw new IllegalArgumentException(
          "weights %s + %s + %s: each must be at least 0 and their sum 1"
              .formatted(request, usage, max));
    }
  }
}

package io.namespend.exporter.policy;

import static java.util.Objects.requireNonNull;

/**
 * The rules of one company.
 *
 * @param currency ISO 4217 code of every price
 * @param weights the allocation model of every namespace
 */
public record Policy(String currency, AllocationWeights weights, Ownership ownership) {
  public Policy {
    requireNonNull(currency, "currency");
    requireNonNull(weights, "weights");
    requireNonNull(ownership, "ownership");
  }

  public static Policy defaults() {
    return new Policy("USD", AllocationWeights.BLENDED, new Ownership());
  }
}

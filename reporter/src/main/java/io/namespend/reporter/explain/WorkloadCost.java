package io.namespend.reporter.explain;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * What a workload has of its namespace's cost of a resource.
 *
 * @param name such as Deployment/web; empty where no workload was recorded
 */
record WorkloadCost(String resource, String name, BigDecimal amount) {
  WorkloadCost {
    requireNonNull(resource, "resource");
    requireNonNull(name, "name");
    requireNonNull(amount, "amount");
  }
}

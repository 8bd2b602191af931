package io.namespend.exporter.policy;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.policy.owner.Owner;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the policy makes of a namespace, with what its annotations say.
 *
 * @param pool that a shared namespace belongs to; a tenant has none
 * @param slackChannel where its team wants to read what it spends
 * @param invalid annotations that are wrong and therefore not in the rest
 * @param refused annotations that the policy does not let count
 */
public record NamespaceTerms(
    String namespace,
    Optional<String> pool,
    AllocationModel model,
    AllocationWeights weights,
    Owner owner,
    OptionalDouble dailyBudget,
    OptionalDouble monthlyBudget,
    Optional<PlannedChange> plannedChange,
    Optional<String> slackChannel,
    List<InvalidAnnotation> invalid,
    List<RefusedAnnotation> refused) {
  public NamespaceTerms {
    requireNonNull(namespace, "namespace");
    requireNonNull(pool, "pool");
    requireNonNull(model, "model");
    requireNonNull(weights, "weights");
    requireNonNull(owner, "owner");
    requireNonNull(plannedChange, "plannedChange");
    requireNonNull(slackChannel, "slackChannel");
    invalid = List.copyOf(invalid);
    refused = List.copyOf(refused);
  }

  public boolean isTenant() {
    return pool.isEmpty();
  }
}

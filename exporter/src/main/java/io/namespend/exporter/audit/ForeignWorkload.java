package io.namespend.exporter.audit;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.cluster.pod.Workload;
import io.namespend.exporter.policy.owner.Owner;

/**
 * A workload whose labels name another owner than its namespace does.
 *
 * @param claimed whom its labels name
 * @param namespaceOwner whom its namespace names
 * @param charged who pays by the policy
 * @param hourlyCost what its pods request
 */
public record ForeignWorkload(
    Workload workload, Owner claimed, Owner namespaceOwner, Owner charged, double hourlyCost) {
  public ForeignWorkload {
    requireNonNull(workload, "workload");
    requireNonNull(claimed, "claimed");
    requireNonNull(namespaceOwner, "namespaceOwner");
    requireNonNull(charged, "charged");
  }
}

package io.namespend.exporter.policy.owner;

/**
 * Who pays for a workload whose labels name a team or cost center. One that names another than its
 * namespace does is foreign, whatever is chosen here.
 */
public enum WorkloadOwners {
  /** Its namespace's owner, always: the labels of workloads name nobody who pays. */
  OWN,
  /**
   * Whom its labels name, where its namespace names nobody; of a foreign workload the namespace's
   * owner, and an alert says so. Nobody can charge another team by writing its name.
   */
  REPORT,
  /** Whom its labels name. */
  ALLOW
}

package io.namespend.exporter.policy;

/** What a namespace is charged for CPU and memory. */
public enum AllocationModel {
  /** Requests and usage, by weights. */
  BLENDED,
  REQUEST,
  USAGE,
  /** The larger of both, container by container. */
  MAX
}

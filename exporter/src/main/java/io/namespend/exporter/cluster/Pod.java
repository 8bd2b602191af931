package io.namespend.exporter.cluster;

import static java.util.Objects.requireNonNull;

/**
 * A pod that holds resources of a node: bound, and not finished.
 *
 * @param request the effective request as the scheduler counts it
 */
public record Pod(
    String namespace, String name, String node, Workload workload, Resources request) {
  public Pod {
    requireNonNull(namespace, "namespace");
    requireNonNull(name, "name");
    requireNonNull(node, "node");
    requireNonNull(workload, "workload");
    requireNonNull(request, "request");
  }

  /** The pod of this workload; the same object if it is. */
  Pod of(Workload other) {
    return workload.equals(other) ? this : new Pod(namespace, name, node, other, request);
  }

  /** The pod with this request; the same object if it has it. */
  public Pod requesting(Resources other) {
    return request.equals(other) ? this : new Pod(namespace, name, node, workload, other);
  }
}

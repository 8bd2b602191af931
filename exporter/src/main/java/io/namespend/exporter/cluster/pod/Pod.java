package io.namespend.exporter.cluster.pod;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.cluster.node.Resources;

/**
 * A pod that holds resources of a node: bound, and not finished.
 *
 * @param request the effective request as the scheduler counts it
 * @param since when it was scheduled, in seconds of the epoch; 0 where nothing tells
 */
public record Pod(
    String namespace, String name, String node, Workload workload, Resources request, long since) {
  public Pod {
    requireNonNull(namespace, "namespace");
    requireNonNull(name, "name");
    requireNonNull(node, "node");
    requireNonNull(workload, "workload");
    requireNonNull(request, "request");
  }

  /** The pod of this workload; the same object if it is. */
  Pod of(Workload other) {
    return workload.equals(other) ? this : new Pod(namespace, name, node, other, request, since);
  }

  /** The pod with this request; the same object if it has it. */
  public Pod requesting(Resources other) {
    return request.equals(other) ? this : new Pod(namespace, name, node, workload, other, since);
  }
}

package io.namespend.testbed.simulation;

import org.jspecify.annotations.Nullable;

/**
 * A pod before it has a node.
 *
 * @param pinnedTo the node of a DaemonSet's pod; else null, and placement chooses
 */
record PodLife(
    SimWorkload workload,
    String name,
    String owner,
    @Nullable SimNode pinnedTo,
    long start,
    long end,
    long gone) {

  static PodLife on(SimNode node, SimWorkload workload, String name) {
    return new PodLife(workload, name, workload.name(), node, node.start(), node.end(), node.end());
  }
}

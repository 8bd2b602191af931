package io.namespend.testbed.simulation;

import java.util.List;
import java.util.Optional;

/**
 * A pod with its whole life.
 *
 * @param owner name of the ReplicaSet or Job between pod and workload, or of the workload itself
 * @param node empty for a pod that no node has room for
 * @param start second since 1970 when it was bound
 * @param end when it finished or was deleted
 * @param gone when its object disappears: later than {@code end} for a completed pod
 */
public record SimPod(
    SimWorkload workload,
    String name,
    String owner,
    Optional<SimNode> node,
    long start,
    long end,
    long gone) {

  /** Whether the API server knows it. */
  public boolean existsAt(long second) {
    return start <= second && second < gone;
  }

  /** Whether it holds resources of a node. */
  public boolean runsAt(long second) {
    return node.isPresent() && start <= second && second < end;
  }

  public boolean finishedAt(long second) {
    return second >= end;
  }

  public String namespace() {
    return workload.namespace();
  }

  public double requestedCores() {
    return workload.effectiveCpu();
  }

  public double requestedBytes() {
    return workload.effectiveMemory();
  }

  public int requestedGpus() {
    return workload.containers().stream().mapToInt(SimContainer::gpus).sum();
  }

  /** The containers that run and are measured. */
  public List<SimContainer> running() {
    return workload.containers().stream().filter(SimContainer::isMeasured).toList();
  }

  /** Core-seconds a container has used since the pod started. */
  public double cpuSeconds(SimContainer container, double second) {
    return container
        .cpu()
        .between((double) start, Math.max((double) start, Math.min(second, (double) end)));
  }
}

package io.namespend.testbed.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** A small scheduler: the node with most room, if the request fits; GPUs only for who asks. */
final class Placement {
  private final Map<SimNode, double[]> free = new HashMap<>();
  private final PriorityQueue<SimPod> running =
      new PriorityQueue<>(Comparator.comparingLong(SimPod::end));

  private Placement(List<SimNode> nodes) {
    nodes.forEach(
        node ->
            free.put(
                node,
                new double[] {node.allocatableCores(), node.allocatableBytes(), node.gpus()}));
  }

  static List<SimPod> place(List<PodLife> lives, List<SimNode> nodes) {
    Placement placement = new Placement(nodes);
    List<SimPod> pods = new ArrayList<>();
    lives.stream()
        .sorted(
            Comparator.comparingLong(PodLife::start).thenComparing(life -> life.pinnedTo() == null))
        .forEach(life -> pods.add(placement.place(life, nodes)));
    return pods;
  }

  private SimPod place(PodLife life, List<SimNode> nodes) {
    while (!running.isEmpty() && running.peek().end() <= life.start()) {
      take(running.remove(), -1);
    }
    SimPod unplaced = pod(life, Optional.empty());
    Optional<SimNode> node =
        nodes.stream()
            .filter(candidate -> life.pinnedTo() == null || life.pinnedTo().equals(candidate))
            .filter(candidate -> candidate.aliveAt(life.start()) && fits(unplaced, candidate))
            .max(
                Comparator.comparingDouble((SimNode candidate) -> free(candidate)[0])
                    .thenComparing(SimNode::name));
    SimPod placed = pod(life, node);
    if (node.isPresent()) {
      take(placed, 1);
      running.add(placed);
    }
    return placed;
  }

  private boolean fits(SimPod pod, SimNode node) {
    double[] room = free(node);
    boolean gpuMatch = (pod.requestedGpus() > 0) == (node.gpus() > 0);
    boolean daemon = pod.workload().kind().equals("DaemonSet");
    return pod.requestedCores() <= room[0]
        && pod.requestedBytes() <= room[1]
        && pod.requestedGpus() <= room[2]
        && (gpuMatch || daemon);
  }

  private void take(SimPod pod, int sign) {
    double[] room = free(pod.node().orElseThrow());
    room[0] -= sign * pod.requestedCores();
    room[1] -= sign * pod.requestedBytes();
    room[2] -= sign * pod.requestedGpus();
  }

  private double[] free(SimNode node) {
    return free.getOrDefault(node, new double[3]);
  }

  private static SimPod pod(PodLife life, Optional<SimNode> node) {
    return new SimPod(
        life.workload(), life.name(), life.owner(), node, life.start(), life.end(), life.gone());
  }
}

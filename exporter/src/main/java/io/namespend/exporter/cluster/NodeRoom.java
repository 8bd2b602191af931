package io.namespend.exporter.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pods that no kubelet has taken yet count only as far as their node has room for them. Whoever may
 * create pods may name any node and request anything, past the scheduler; a kubelet refuses what
 * does not fit, but one that is gone or slow leaves the pod pending, and the whole cluster would be
 * charged to it. What kubelets have taken keeps its request.
 */
final class NodeRoom {
  private final Resources capacity;
  private Resources taken = Resources.NONE;
  private Resources wanted = Resources.NONE;

  private NodeRoom(Resources capacity) {
    this.capacity = capacity;
  }

  /**
   * The pods, of which some may have smaller requests.
   *
   * @param facts of the pods, in their order
   * @param nodes those without a machine have room for everything
   */
  static List<Pod> fitting(List<PodFacts> facts, List<Pod> pods, Collection<Node> nodes) {
    Map<String, NodeRoom> rooms = new HashMap<>();
    for (int i = 0; i < pods.size(); i++) {
      if (!facts.get(i).isTaken()) {
        rooms.put(pods.get(i).node(), new NodeRoom(Resources.NONE));
      }
    }
    // Mostly there are none, and always few.
    if (rooms.isEmpty()) {
      return pods;
    }
    nodes.forEach(node -> rooms.computeIfPresent(node.name(), (name, old) -> of(node)));
    for (int i = 0; i < pods.size(); i++) {
      NodeRoom room = rooms.get(pods.get(i).node());
      if (room != null) {
        room.add(pods.get(i).request(), facts.get(i).isTaken());
      }
    }
    List<Pod> fitting = new ArrayList<>(pods);
    for (int i = 0; i < pods.size(); i++) {
      if (!facts.get(i).isTaken()) {
        Pod pod = pods.get(i);
        NodeRoom room = rooms.get(pod.node());
        fitting.set(i, room == null ? pod : pod.requesting(room.of(pod.request())));
      }
    }
    return List.copyOf(fitting);
  }

  /** Null for a virtual node, which leaves its pods as they are. */
  private static @Nullable NodeRoom of(Node node) {
    return node.virtual().isPresent() ? null : new NodeRoom(node.capacity());
  }

  private void add(Resources request, boolean isTaken) {
    if (isTaken) {
      taken = taken.plus(request);
    } else {
      wanted = wanted.plus(request);
    }
  }

  private Resources of(Resources request) {
    return new Resources(
        part(request.cpuCores(), capacity.cpuCores(), taken.cpuCores(), wanted.cpuCores()),
        part(
            request.memoryBytes(),
            capacity.memoryBytes(),
            taken.memoryBytes(),
            wanted.memoryBytes()),
        part(request.gpus(), capacity.gpus(), taken.gpus(), wanted.gpus()));
  }

  private static double part(double request, double capacity, double taken, double wanted) {
    double room = Math.max(0, capacity - taken);
    return wanted > room ? room * (request / wanted) : request;
  }
}

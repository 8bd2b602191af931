package io.namespend.testbed.truth;

import io.namespend.testbed.simulation.SimContainer;
import io.namespend.testbed.simulation.SimNode;
import io.namespend.testbed.simulation.SimPod;
import io.namespend.testbed.simulation.SimulatedCluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a simulated cluster cost, in dollars, from the design's words: 70 percent of requests plus
 * 30 percent of usage, each at its own node's rates, GPUs as requested, and the rest of the nodes'
 * price shared in proportion.
 *
 * @param total of the nodes
 * @param byNamespace fully loaded
 */
public record TrueCosts(double total, double idle, Map<String, Double> byNamespace) {
  private static final double GIB = 1L << 30;

  // Ratio of CPU, memory and GPU prices that splits a node's price, from OpenCost's defaults.
  private static final double CPU = 0.031611;
  private static final double RAM = 0.004237;
  private static final double GPU = 0.95;

  private static final int STEP_SECONDS = 60;

  public TrueCosts {
    byNamespace = Map.copyOf(byNamespace);
  }

  /**
   * Integrates minute by minute.
   *
   * @param from second since 1970, a full minute
   * @param to exclusive
   */
  public static TrueCosts between(SimulatedCluster cluster, long from, long to) {
    double total = 0;
    double idle = 0;
    Map<String, Double> byNamespace = new TreeMap<>();
    List<SimPod> relevant =
        cluster.pods().stream()
            .filter(pod -> pod.node().isPresent() && pod.start() < to && pod.end() > from)
            .toList();
    for (long minute = from; minute < to; minute += STEP_SECONDS) {
      double nodes = 0;
      for (SimNode node : cluster.nodes()) {
        nodes += node.hourlyPrice() * overlap(node.start(), node.end(), minute) / 3600;
      }
      Map<String, Double> direct = new HashMap<>();
      double allDirect = 0;
      for (SimPod pod : relevant) {
        double cost = direct(pod, minute);
        if (cost > 0) {
          direct.merge(pod.namespace(), cost, Double::sum);
          allDirect += cost;
        }
      }
      double loaded = nodes / allDirect;
      direct.forEach((namespace, cost) -> byNamespace.merge(namespace, cost * loaded, Double::sum));
      total += nodes;
      idle += nodes - allDirect;
    }
    return new TrueCosts(total, idle, byNamespace);
  }

  /** Dollars of one pod in one minute, without its share of what is idle. */
  private static double direct(SimPod pod, long minute) {
    double seconds = overlap(pod.start(), pod.end(), minute);
    if (seconds <= 0) {
      return 0;
    }
    double from = Math.max(minute, pod.start());
    double cores = 0;
    double bytes = 0;
    for (SimContainer container : pod.running()) {
      cores += container.cpu().between(from, from + seconds);
      bytes += container.memory().between(from, from + seconds);
    }
    SimNode node = pod.node().orElseThrow();
    double scale =
        node.hourlyPrice()
            / (node.cpuCores() * CPU + node.memoryGib() * RAM + node.gpus() * GPU)
            / 3600;
    double cpuSeconds = 0.7 * pod.requestedCores() * seconds + 0.3 * cores;
    double byteSeconds = 0.7 * pod.requestedBytes() * seconds + 0.3 * bytes;
    return scale
        * (cpuSeconds * CPU + byteSeconds / GIB * RAM + pod.requestedGpus() * seconds * GPU);
  }

  private static double overlap(long start, long end, long minute) {
    return Math.max(0, Math.min(end, minute + STEP_SECONDS) - Math.max(start, minute));
  }
}

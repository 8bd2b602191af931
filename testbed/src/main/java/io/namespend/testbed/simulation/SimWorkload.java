package io.namespend.testbed.simulation;

import java.util.List;
import java.util.Map;

/**
 * A workload and its pod template.
 *
 * @param kind Deployment, StatefulSet, DaemonSet, CronJob or Pod
 * @param labels its own
 * @param templateLabels of its pods
 */
public record SimWorkload(
    String namespace,
    String kind,
    String name,
    List<SimContainer> containers,
    Map<String, String> labels,
    Map<String, String> templateLabels) {
  public SimWorkload {
    labels = Map.copyOf(labels);
    templateLabels = Map.copyOf(templateLabels);
    containers = List.copyOf(containers);
  }

  /** Cores, as the scheduler counts them. */
  double effectiveCpu() {
    return effective(containers.stream().mapToDouble(SimContainer::cpuRequest).toArray());
  }

  /** Bytes, as the scheduler counts them. */
  double effectiveMemory() {
    return effective(containers.stream().mapToDouble(SimContainer::memoryRequest).toArray());
  }

  /** Containers and sidecars together, but no less than any init container beside the sidecars. */
  private double effective(double[] requests) {
    double together = 0;
    double sidecars = 0;
    double step = 0;
    for (int i = 0; i < requests.length; i++) {
      switch (containers.get(i).role()) {
        case MAIN -> together += requests[i];
        case SIDECAR -> {
          together += requests[i];
          sidecars += requests[i];
        }
        case INIT -> step = Math.max(step, sidecars + requests[i]);
      }
    }
    return Math.max(together, step);
  }
}

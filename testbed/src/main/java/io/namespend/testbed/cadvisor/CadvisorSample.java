package io.namespend.testbed.cadvisor;

import java.util.List;

/**
 * One row of a cAdvisor page.
 *
 * @param labels alternating names and values, {@code container} first
 */
public record CadvisorSample(String metric, List<String> labels, double value) {
  /**
   * Whether rates are taken of it: a counter of a container, not of a pod, a slice or a machine.
   */
  public boolean isContainerCounter() {
    String container = labels.get(1);
    return metric.endsWith("_total") && !container.isEmpty() && !container.equals("POD");
  }
}

package io.namespend.exporter.cluster.pod;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels of workloads that have pods; the same map as before while they are equal. For one
 * thread.
 */
final class WorkloadLabels {
  private Map<Workload, Map<String, String>> ofObjects = Map.of();
  private Map<Workload, Map<String, String>> before = Map.of();

  /**
   * A workload has the labels of its first pod: what its template says. Labels of the workload
   * object itself go over them.
   *
   * @param pods the same as {@code resolved}, in the same order
   * @param areObjectsSame whether those of the workloads are as they were
   */
  @SuppressWarnings("ReferenceEquality")
  Map<Workload, Map<String, String>> of(
      List<PodFacts> pods, List<Pod> resolved, Workloads workloads, boolean areObjectsSame) {
    if (!areObjectsSame) {
      ofObjects = workloads.labels();
    }
    Map<Workload, Map<String, String>> labels = new HashMap<>();
    Workload last = new Workload("", "", "");
    for (int i = 0; i < pods.size(); i++) {
      Workload workload = resolved.get(i).workload();
      // Pods of a workload mostly stand together, and share it.
      if (workload != last && !labels.containsKey(workload)) {
        Map<String, String> own = ofObjects.get(workload);
        if (own == null) {
          // A folded workload is no object; its Jobs have equal labels.
          own = workload.type().equals("job") ? workloads.labelsOfJob(pods.get(i)) : Map.of();
        }
        labels.put(workload, overlaid(pods.get(i).labels(), own));
      }
      last = workload;
    }
    if (!labels.equals(before)) {
      before = Map.copyOf(labels);
    }
    return before;
  }

  static Map<String, String> overlaid(Map<String, String> below, Map<String, String> own) {
    if (own.isEmpty()) {
      return below;
    }
    if (below.isEmpty() || below.equals(own)) {
      return own;
    }
    Map<String, String> both = new HashMap<>(below);
    both.putAll(own);
    return Map.copyOf(both);
  }
}

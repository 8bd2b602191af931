package io.namespend.testbed.benchmark;

import java.io.IOException;

/** What kubelets say of running pods: a row for each container, and one for the pod's cgroup. */
final class CadvisorPage {
  private final LargeCluster cluster;

  CadvisorPage(LargeCluster cluster) {
    this.cluster = cluster;
  }

  void write(Series out, int firstPod, int endPod, long second) throws IOException {
    for (int pod = firstPod; pod < endPod; pod++) {
      if (cluster.isFinished(pod)) {
        continue;
      }
      for (int container = 0; container < cluster.containersOf(pod); container++) {
        row(out, pod, "c" + container, second);
      }
      row(out, pod, "", second);
    }
  }

  private void row(Series out, int pod, String container, long second) throws IOException {
    String namespace = cluster.namespaceOfWorkload(cluster.workloadOf(pod));
    String id =
        "/kubepods/burstable/pod"
            + (pod + 4_000_000_000L)
            + (container.isEmpty() ? "" : "/" + container);
    String[] labels = {
      "node",
      cluster.node(pod),
      "namespace",
      namespace,
      "pod",
      cluster.podName(pod),
      "container",
      container,
      "id",
      id,
      "image",
      container.isEmpty() ? "" : "registry/" + namespace + ":1"
    };
    out.add("container_cpu_usage_seconds_total", LargeCluster.usedCores(pod) * second, labels);
    out.add("container_memory_working_set_bytes", LargeCluster.usedBytes(pod), labels);
  }
}

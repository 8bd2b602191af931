package io.namespend.testbed.benchmark;

import java.io.IOException;

/** What the usual joins need of kube-state-metrics; Namespend's base rules need none of it. */
final class KubeStateMetricsPage {
  private static final String[] PHASES = {"Pending", "Running", "Succeeded", "Failed", "Unknown"};

  private final LargeCluster cluster;

  KubeStateMetricsPage(LargeCluster cluster) {
    this.cluster = cluster;
  }

  void write(Series out, int firstPod, int endPod, long second) throws IOException {
    for (int pod = firstPod; pod < endPod; pod++) {
      String namespace = cluster.namespaceOfWorkload(cluster.workloadOf(pod));
      String name = cluster.podName(pod);
      String uid = Long.toHexString(pod + 0xabcd0000000L);
      for (int container = 0; container < cluster.containersOf(pod); container++) {
        request(out, pod, namespace, container, "cpu", LargeCluster.requestedCores(pod));
        request(out, pod, namespace, container, "memory", LargeCluster.requestedBytes(pod));
      }
      String phase = cluster.isFinished(pod) ? "Succeeded" : "Running";
      for (String other : PHASES) {
        out.add(
            "kube_pod_status_phase",
            other.equals(phase) ? 1 : 0,
            "namespace",
            namespace,
            "pod",
            name,
            "uid",
            uid,
            "phase",
            other);
      }
      out.add(
          "kube_pod_owner",
          1,
          "namespace",
          namespace,
          "pod",
          name,
          "uid",
          uid,
          "owner_kind",
          "ReplicaSet",
          "owner_name",
          cluster.replicaSet(pod),
          "owner_is_controller",
          "true");
      if (pod < cluster.workloads()) {
        out.add(
            "kube_replicaset_owner",
            1,
            "namespace",
            namespace,
            "replicaset",
            cluster.replicaSet(pod),
            "owner_kind",
            "Deployment",
            "owner_name",
            LargeCluster.workloadName(pod),
            "owner_is_controller",
            "true");
      }
    }
  }

  private void request(
      Series out, int pod, String namespace, int container, String resource, double value)
      throws IOException {
    out.add(
        "kube_pod_container_resource_requests",
        value,
        "namespace",
        namespace,
        "pod",
        cluster.podName(pod),
        "uid",
        Long.toHexString(pod + 0xabcd0000000L),
        "container",
        "c" + container,
        "node",
        cluster.node(pod),
        "resource",
        resource,
        "unit",
        resource.equals("cpu") ? "core" : "byte");
  }
}

package io.namespend.testbed.benchmark;

import io.namespend.exporter.policy.pool.Per;

/**
 * A cluster that only arithmetic describes, so that any part of it can be written at any time.
 *
 * @param nodes of 16 cores and 64 GiB
 * @param pods bound to nodes; every third has a second container
 * @param per over whom idle and system are split
 */
public record LargeCluster(int nodes, int pods, int namespaces, int workloads, Per per) {
  /** The largest that Kubernetes supports. */
  public static final LargeCluster LARGEST =
      new LargeCluster(5_000, 150_000, 1_000, 15_000, Per.CLUSTER);

  /** Groups of nodes; a namespace runs in nearly all of them. */
  private static final int GROUPS = 50;

  /** Pods that have finished and that kube-state-metrics still lists, for each one that runs. */
  private static final double FINISHED = 0.03;

  public LargeCluster {
    if (nodes < 1 || namespaces < 1 || workloads < namespaces || pods < workloads) {
      throw new IllegalArgumentException(
          "%d nodes, %d pods, %d namespaces, %d workloads: there must be at least one node, as many"
                  .formatted(nodes, pods, namespaces, workloads)
              + " pods as workloads, and as many workloads as namespaces");
    }
  }

  public int containers() {
    return pods + pods / 3;
  }

  int podsWithFinished() {
    return (int) (pods * (1 + FINISHED));
  }

  boolean isFinished(int pod) {
    return pod >= pods;
  }

  int containersOf(int pod) {
    return pod % 3 == 0 ? 2 : 1;
  }

  int workloadOf(int pod) {
    return pod % workloads;
  }

  String node(int pod) {
    return nodeName(nodeOf(pod));
  }

  static String group(int node) {
    return "pool-" + node % GROUPS;
  }

  /** Of a node; empty if pools are split over the cluster only. */
  String place(int node) {
    return switch (per) {
      case CLUSTER -> "";
      case NODE_GROUP -> group(node);
      case NODE -> nodeName(node);
    };
  }

  int nodeOf(int pod) {
    return (int) (pod * 7919L % nodes);
  }

  static String nodeName(int node) {
    return "ip-10-0-%d-%d.eu-west-1.compute.internal".formatted(node / 250, node % 250);
  }

  String namespaceOfWorkload(int workload) {
    return namespaceName(workload % namespaces);
  }

  static String namespaceName(int namespace) {
    return "team-" + namespace + "-production";
  }

  static String workloadName(int workload) {
    return "service-" + workload;
  }

  String replicaSet(int pod) {
    return workloadName(workloadOf(pod))
        + "-"
        + Integer.toHexString(workloadOf(pod) * 31 + 0x7a00000);
  }

  String podName(int pod) {
    return replicaSet(pod) + "-" + Integer.toString(pod + 50_000_000, 36);
  }

  /** Cores that a container requests. */
  static double requestedCores(int pod) {
    return 0.05 + pod % 10 * 0.03;
  }

  static double requestedBytes(int pod) {
    return (64 + pod % 13 * 32) * 1048576.0;
  }

  static double usedCores(int pod) {
    return 0.02 + pod % 17 * 0.02;
  }

  static double usedBytes(int pod) {
    return (48 + pod % 11 * 40) * 1048576.0;
  }
}

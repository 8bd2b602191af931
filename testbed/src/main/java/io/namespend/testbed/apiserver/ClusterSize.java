package io.namespend.testbed.apiserver;

/**
 * How much is in a cluster.
 *
 * @param workloads Deployments, StatefulSets, DaemonSets, Jobs and CronJobs; the ReplicaSets and
 *     Jobs in between are not counted
 */
public record ClusterSize(int nodes, int pods, int namespaces, int volumes, int workloads) {
  /** The largest that Kubernetes supports. */
  public static final ClusterSize LARGE = new ClusterSize(5_000, 150_000, 1_000, 20_000, 15_000);

  public ClusterSize {
    if (nodes < 1 || namespaces < 1 || workloads < 1 || pods < 1 || volumes < 0) {
      throw new IllegalArgumentException(
          "%d nodes, %d pods, %d namespaces, %d volumes, %d workloads: there must be one of each,"
                  .formatted(nodes, pods, namespaces, volumes, workloads)
              + " but for volumes");
    }
  }
}

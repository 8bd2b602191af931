package io.namespend.testbed.cli;

import io.namespend.testbed.apiserver.ClusterSize;
import picocli.CommandLine.Option;

/** How large a cluster is. */
final class ClusterSizeOptions {
  @Option(names = "--nodes", description = "Default: ${DEFAULT-VALUE}.")
  private int nodes = ClusterSize.LARGE.nodes();

  @Option(names = "--pods", description = "Default: ${DEFAULT-VALUE}.")
  private int pods = ClusterSize.LARGE.pods();

  @Option(names = "--namespaces", description = "Default: ${DEFAULT-VALUE}.")
  private int namespaces = ClusterSize.LARGE.namespaces();

  @Option(names = "--volumes", description = "Default: ${DEFAULT-VALUE}.")
  private int volumes = ClusterSize.LARGE.volumes();

  @Option(names = "--workloads", description = "Default: ${DEFAULT-VALUE}.")
  private int workloads = ClusterSize.LARGE.workloads();

  ClusterSize size() {
    return new ClusterSize(nodes, pods, namespaces, volumes, workloads);
  }
}

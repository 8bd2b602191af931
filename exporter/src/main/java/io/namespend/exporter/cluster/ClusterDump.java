package io.namespend.exporter.cluster;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster read once from files as {@code kubectl get nodes,pods,... -A -o json} writes them:
 * single objects or lists, in one file or in a folder of {@code *.json}.
 */
public final class ClusterDump implements ClusterSource {
  /** The command that writes a dump of all that costs depend on. */
  public static final String KUBECTL_GET =
      "kubectl get nodes,namespaces,pods,deployments,replicasets,statefulsets,daemonsets,jobs,"
          + "cronjobs,pv,storageclasses,services,ingresses -A -o json > cluster.json";

  static final String REMEDY = "; write one with: " + KUBECTL_GET;

  private final ClusterSnapshot snapshot;
  private final Instant readAt;

  /** Keeps no labels of nodes and workloads. */
  public ClusterDump(Path path, Instant readAt) {
    this(path, readAt, Set.of(), Set.of());
  }

  /**
   * Reads all files at once.
   *
   * @param path a file, or a folder whose {@code *.json} files are read
   * @param nodeLabels keys of the node labels to keep
   * @param workloadLabels keys of the labels to keep of Deployments and their like
   * @throws InvalidDumpException if a file cannot be read or is not a dump, or there is no node
   */
  public ClusterDump(
      Path path, Instant readAt, Set<String> nodeLabels, Set<String> workloadLabels) {
    this(path, readAt, nodeLabels, workloadLabels, WorkloadFolding.USUAL);
  }

  /**
   * As above.
   *
   * @param folding which one-off pods are one workload
   */
  public ClusterDump(
      Path path,
      Instant readAt,
      Set<String> nodeLabels,
      Set<String> workloadLabels,
      WorkloadFolding folding) {
    this.readAt = readAt;
    snapshot = new DumpFiles(nodeLabels, workloadLabels, folding).read(path).snapshot();
    if (snapshot.nodes().isEmpty()) {
      throw new InvalidDumpException(path + " has no Node, so there is nothing to price" + REMEDY);
    }
  }

  /**
   * Reads a cluster for what is labelled in it, with or without nodes.
   *
   * @param labels keys of the labels to keep of workloads and their pods
   * @throws InvalidDumpException if a file cannot be read or is not a dump
   */
  public static SurveyedCluster survey(Path path, Set<String> nodeLabels, Set<String> labels) {
    return new DumpFiles(nodeLabels, labels, WorkloadFolding.NONE).read(path).survey();
  }

  @Override
  public void start(Runnable onChange) {
    onChange.run();
  }

  @Override
  public ClusterSnapshot snapshot() {
    return snapshot;
  }

  @Override
  public List<KindSync> syncs() {
    return List.of(
        new KindSync("nodes", Optional.of(readAt), snapshot.nodes().size()),
        new KindSync("namespaces", Optional.of(readAt), snapshot.namespaces().size()),
        new KindSync("pods", Optional.of(readAt), snapshot.pods().size()),
        new KindSync("persistentvolumes", Optional.of(readAt), snapshot.volumes().size()),
        new KindSync("services", Optional.of(readAt), snapshot.loadBalancers().size()));
  }

  @Override
  public void close() {}
}

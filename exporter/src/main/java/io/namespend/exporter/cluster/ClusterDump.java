package io.namespend.exporter.cluster;

import static java.lang.System.Logger.Level.WARNING;

import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.node.InstanceTypes;
import io.namespend.exporter.cluster.node.NodeLabels;
import io.namespend.exporter.cluster.pod.WorkloadFolding;
import io.namespend.exporter.cluster.watch.KindSync;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster read once from files as {@code kubectl get nodes,pods,... -A -o json} writes them:
 * single objects or lists, in one file or in the {@code *.json} of a folder and of the folders in
 * it, as {@code kubectl cluster-info dump --output-directory} leaves them.
 */
public final class ClusterDump implements ClusterSource {
  private static final System.Logger LOG = System.getLogger(ClusterDump.class.getName());

  /** The command that writes a dump of all that costs depend on. */
  public static final String KUBECTL_GET =
      "kubectl get nodes,namespaces,pods,deployments,replicasets,statefulsets,daemonsets,jobs,"
          + "cronjobs,pv,storageclasses,services,ingresses -A -o json > cluster.json";

  static final String REMEDY = "; write one with: " + KUBECTL_GET;

  private final ClusterSnapshot snapshot;
  private final Map<Kind, Integer> unreadable;
  private final Instant readAt;

  /** Keeps no labels of nodes and workloads. */
  public ClusterDump(Path path, Instant readAt) {
    this(path, readAt, Set.of(), Set.of());
  }

  /** Knows no spot labels but those that everybody knows. */
  public ClusterDump(
      Path path, Instant readAt, Set<String> keptNodeLabels, Set<String> workloadLabels) {
    this(
        path,
        readAt,
        NodeLabels.keeping(keptNodeLabels),
        workloadLabels,
        InstanceTypes.UNKNOWN,
        WorkloadFolding.USUAL);
  }

  /**
   * Reads all files at once.
   *
   * @param path a file, or a folder whose {@code *.json} files are read, also those in its folders
   * @param workloadLabels keys of the labels to keep of Deployments and their like
   * @param instanceTypes for what nodes do not report
   * @param folding which one-off pods are one workload
   * @throws InvalidDumpException if a file cannot be read or is not a dump, or there is no node
   */
  public ClusterDump(
      Path path,
      Instant readAt,
      NodeLabels nodeLabels,
      Set<String> workloadLabels,
      InstanceTypes instanceTypes,
      WorkloadFolding folding) {
    this.readAt = readAt;
    DumpFiles files = new DumpFiles(nodeLabels, workloadLabels, instanceTypes, folding);
    snapshot = files.read(path).snapshot();
    unreadable = files.unreadable();
    if (snapshot.nodes().isEmpty()) {
      throw new InvalidDumpException(
          files
              .leftOut()
              .map(text -> "%s has no Node that can be read: %s".formatted(path, text))
              .orElse(path + " has no Node, so there is nothing to price" + REMEDY));
    }
    sayWhatIsLeftOut(path, files);
  }

  /**
   * Reads a cluster for what is labelled in it, with or without nodes.
   *
   * @param labels keys of the labels to keep of workloads and their pods
   * @param instanceTypes for what nodes do not report
   * @throws InvalidDumpException if a file cannot be read or is not a dump
   */
  public static SurveyedCluster survey(
      Path path, NodeLabels nodeLabels, Set<String> labels, InstanceTypes instanceTypes) {
    DumpFiles files = new DumpFiles(nodeLabels, labels, instanceTypes, WorkloadFolding.NONE);
    SurveyedCluster cluster = files.read(path).survey();
    sayWhatIsLeftOut(path, files);
    return cluster;
  }

  private static void sayWhatIsLeftOut(Path path, DumpFiles files) {
    files.leftOut().ifPresent(text -> LOG.log(WARNING, "left out of {0}: {1}", path, text));
  }

  @Override
  public void start() {}

  @Override
  public ClusterSnapshot snapshot() {
    return snapshot;
  }

  @Override
  public List<KindSync> syncs() {
    return List.of(
        sync(Kind.NODES, snapshot.nodes().size()),
        sync(Kind.NAMESPACES, snapshot.namespaces().size()),
        sync(Kind.PODS, snapshot.pods().size()),
        sync(Kind.PERSISTENTVOLUMES, snapshot.volumes().size()),
        sync(Kind.SERVICES, snapshot.loadBalancers().size()));
  }

  private KindSync sync(Kind kind, int objects) {
    return new KindSync(
        kind.plural(),
        Optional.of(readAt),
        objects,
        unreadable.getOrDefault(kind, 0),
        Map.of(),
        Optional.empty());
  }

  @Override
  public void close() {}
}

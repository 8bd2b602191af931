package io.namespend.exporter.cluster;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.namespend.exporter.cluster.json.InvalidObjectException;
import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.node.InstanceTypes;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.NodeLabels;
import io.namespend.exporter.cluster.pod.WorkloadFolding;
import io.namespend.exporter.cluster.watch.KubernetesApi;
import io.namespend.exporter.cluster.watch.SyncException;
import io.namespend.exporter.cluster.watch.SyncFailure;
import io.namespend.exporter.cluster.watch.WatchTiming;
import java.util.List;
import java.util.Set;

/** Lists a cluster once, without following it. */
public final class ClusterListing {
  private static final System.Logger LOG = System.getLogger(ClusterListing.class.getName());

  /** Each before what owns it, so that what is created meanwhile has an owner. */
  private static final List<Kind> KINDS =
      List.of(
          Kind.NODES,
          Kind.PODS,
          Kind.REPLICASETS,
          Kind.JOBS,
          Kind.DEPLOYMENTS,
          Kind.STATEFULSETS,
          Kind.DAEMONSETS,
          Kind.CRONJOBS,
          Kind.NAMESPACES);

  private final KubernetesApi api;
  private final ClusterRecords records;

  private ClusterListing(KubernetesApi api, ClusterRecords records) {
    this.api = api;
    this.records = records;
  }

  /**
   * Reads what is labelled, what runs, and the nodes it runs on. A person who may not read nodes,
   * as usual outside the platform team, gets a cluster without them.
   *
   * @param labels keys of the labels to keep of workloads and their pods
   * @param instanceTypes for what nodes do not report
   * @throws UnreadableClusterException if anything else cannot be read
   */
  public static SurveyedCluster survey(
      KubernetesClient client,
      WatchTiming timing,
      NodeLabels nodeLabels,
      Set<String> labels,
      InstanceTypes instanceTypes)
      throws InterruptedException {
    ClusterListing listing =
        new ClusterListing(
            new KubernetesApi(client, timing),
            new ClusterRecords(nodeLabels, labels, instanceTypes, WorkloadFolding.NONE));
    for (Kind kind : KINDS) {
      listing.read(kind);
    }
    return listing.records.survey();
  }

  /**
   * All nodes, and of the one of that name what its price depends on beyond itself: a Fargate node
   * costs what its pod does, and a virtual node what its pods do.
   *
   * @param instanceTypes for what nodes do not report
   * @throws UnreadableClusterException if nodes cannot be read
   */
  public static List<Node> nodes(
      KubernetesClient client,
      WatchTiming timing,
      NodeLabels nodeLabels,
      InstanceTypes instanceTypes,
      String name)
      throws InterruptedException {
    ClusterListing listing =
        new ClusterListing(
            new KubernetesApi(client, timing),
            new ClusterRecords(nodeLabels, Set.of(), instanceTypes, WorkloadFolding.NONE));
    try {
      listing.readAll(Kind.NODES);
    } catch (SyncException e) {
      throw unreadable(Kind.NODES, e);
    }
    boolean needsPods =
        listing.records.snapshot().nodes().stream()
            .anyMatch(node -> node.name().equals(name) && dependsOnPods(node));
    if (needsPods) {
      try {
        listing.readAll(Kind.PODS);
      } catch (SyncException e) {
        LOG.log(
            WARNING,
            "pods cannot be read, so the node is priced as if none ran on it: {0}",
            e.getMessage());
      }
    }
    return listing.records.snapshot().nodes();
  }

  private static boolean dependsOnPods(Node node) {
    return node.fargatePod().isPresent() || node.virtual().isPresent();
  }

  private void readAll(Kind kind) throws SyncException, InterruptedException {
    String token = "";
    do {
      token = api.listWhole(kind, token, object -> add(kind, object)).next();
    } while (!token.isEmpty());
  }

  private static UnreadableClusterException unreadable(Kind kind, SyncException e) {
    return new UnreadableClusterException(
        "cannot read %s from the Kubernetes API: %s".formatted(kind.plural(), e.getMessage()), e);
  }

  private void read(Kind kind) throws InterruptedException {
    try {
      readAll(kind);
    } catch (SyncException e) {
      if (kind != Kind.NODES || e.failure() != SyncFailure.FORBIDDEN) {
        throw unreadable(kind, e);
      }
      LOG.log(WARNING, "nodes may not be read, so nothing has a price: {0}", e.getMessage());
    }
  }

  private void add(Kind kind, JsonNode object) {
    try {
      records.add(kind, object);
    } catch (InvalidObjectException e) {
      LOG.log(WARNING, "left out of {0}: {1}", kind.plural(), e.getMessage());
    }
  }
}

package io.namespend.exporter.cluster;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
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
   * @throws UnreadableClusterException if anything else cannot be read
   */
  public static SurveyedCluster survey(
      KubernetesClient client, WatchTiming timing, Set<String> nodeLabels, Set<String> labels)
      throws InterruptedException {
    ClusterListing listing =
        new ClusterListing(
            new KubernetesApi(client, timing),
            new ClusterRecords(nodeLabels, labels, WorkloadFolding.NONE));
    for (Kind kind : KINDS) {
      listing.read(kind);
    }
    return listing.records.survey();
  }

  private void read(Kind kind) throws InterruptedException {
    String token = "";
    try {
      do {
        token = api.listWhole(kind, token, object -> add(kind, object)).next();
      } while (!token.isEmpty());
    } catch (SyncException e) {
      if (kind != Kind.NODES || e.failure() != SyncFailure.FORBIDDEN) {
        throw new UnreadableClusterException(
            "cannot read %s from the Kubernetes API: %s".formatted(kind.plural(), e.getMessage()),
            e);
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

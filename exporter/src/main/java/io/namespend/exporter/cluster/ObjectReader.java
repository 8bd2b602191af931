package io.namespend.exporter.cluster;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.Map;
import java.util.Optional;

/** Reads whole Kubernetes objects of the kinds that costs depend on. */
final class ObjectReader {
  private record Type(Class<? extends HasMetadata> model, boolean namespaced) {}

  private static final Map<String, Type> TYPES =
      Map.ofEntries(
          cluster("Node", io.fabric8.kubernetes.api.model.Node.class),
          cluster("Namespace", io.fabric8.kubernetes.api.model.Namespace.class),
          namespaced("Pod", io.fabric8.kubernetes.api.model.Pod.class),
          namespaced("Deployment", Deployment.class),
          namespaced("ReplicaSet", ReplicaSet.class),
          namespaced("StatefulSet", StatefulSet.class),
          namespaced("DaemonSet", DaemonSet.class),
          namespaced("Job", Job.class),
          namespaced("CronJob", CronJob.class),
          cluster("PersistentVolume", PersistentVolume.class),
          cluster("StorageClass", StorageClass.class),
          namespaced("Service", Service.class),
          namespaced("Ingress", Ingress.class));

  private final KubernetesJson json = new KubernetesJson();

  /** Whether costs depend on it. */
  boolean knows(String kind) {
    return TYPES.containsKey(kind);
  }

  /**
   * Adds what matters of an object of a known kind.
   *
   * @throws InvalidObjectException if it is not what its kind should be
   */
  void read(String kind, JsonNode object, ClusterRecords records) throws InvalidObjectException {
    Type type = requireNonNull(TYPES.get(kind), kind);
    var unused =
        json.read(
            object,
            type.model(),
            type.namespaced(),
            read -> {
              records.add(read);
              return Optional.empty();
            });
  }

  private static Map.Entry<String, Type> cluster(String kind, Class<? extends HasMetadata> model) {
    return Map.entry(kind, new Type(model, false));
  }

  private static Map.Entry<String, Type> namespaced(
      String kind, Class<? extends HasMetadata> model) {
    return Map.entry(kind, new Type(model, true));
  }
}

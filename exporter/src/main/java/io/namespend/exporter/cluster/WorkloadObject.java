package io.namespend.exporter.cluster;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is kept of a Deployment, ReplicaSet, StatefulSet, DaemonSet, Job or CronJob.
 *
 * @param labels only those that are asked for
 */
record WorkloadObject(Optional<OwnerRef> owner, Map<String, String> labels) {
  WorkloadObject {
    labels = Map.copyOf(labels);
  }

  /**
   * Empty for an object that has neither an owner nor such labels, and matters only by its name.
   *
   * @param keys of the labels to keep
   */
  static Optional<WorkloadObject> of(ObjectMeta metadata, Set<String> keys) {
    Optional<OwnerRef> owner = OwnerRef.of(metadata);
    Map<String, String> labels = kept(metadata.getLabels(), keys);
    return owner.isEmpty() && labels.isEmpty()
        ? Optional.empty()
        : Optional.of(new WorkloadObject(owner, labels));
  }

  private static Map<String, String> kept(Map<String, String> labels, Set<String> keys) {
    return labels == null
        ? Map.of()
        : keys.stream()
            .filter(key -> labels.get(key) != null)
            .collect(Collectors.toUnmodifiableMap(key -> key, labels::get));
  }
}

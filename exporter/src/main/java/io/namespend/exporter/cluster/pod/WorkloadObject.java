package io.namespend.exporter.cluster.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Copies;
import io.namespend.exporter.cluster.json.Fields;
import io.namespend.exporter.cluster.json.LabelFilter;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a Deployment, ReplicaSet, StatefulSet, DaemonSet, Job or CronJob.
 *
 * @param labels only those that are asked for
 */
public record WorkloadObject(Optional<OwnerRef> owner, Map<String, String> labels) {
  public WorkloadObject {
    labels = Map.copyOf(labels);
  }

  /**
   * Empty for an object that has neither an owner nor such labels, and matters only by its name.
   *
   * @param filter which labels to keep
   */
  public static Optional<WorkloadObject> of(JsonNode object, LabelFilter filter) {
    JsonNode metadata = Fields.object(object, "metadata");
    Optional<OwnerRef> owner = OwnerRef.of(metadata);
    Map<String, String> labels = filter.kept(metadata);
    return owner.isEmpty() && labels.isEmpty()
        ? Optional.empty()
        : Optional.of(new WorkloadObject(owner, labels));
  }

  /** The same object, sharing with others what is equal. */
  public WorkloadObject sharing(Copies copies) {
    return new WorkloadObject(copies.same(owner), labels);
  }
}

package io.namespend.exporter.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pod asks for, as kube-scheduler counts it: containers plus sidecars, at least the largest
 * step of the initialisation, resized amounts where they are larger, pod-level resources instead of
 * the containers' where given, plus the pod's overhead.
 *
 * <p>Source: Kubernetes documentation, "Init containers: resource sharing within containers",
 * "Assign pod-level resources", "Resize container resources".
 */
final class EffectiveRequest {
  private EffectiveRequest() {}

  /**
   * @throws IllegalArgumentException if a field has a value that a pod may not have
   */
  static Resources of(JsonNode pod) {
    JsonNode spec = Fields.object(pod, "spec");
    JsonNode status = Fields.object(pod, "status");
    Map<String, JsonNode> statuses = statuses(status);
    boolean infeasible = isResizeInfeasible(status);
    Resources running = Resources.NONE;
    for (JsonNode container : Fields.objects(spec, "containers")) {
      running = running.plus(held(container, statuses, infeasible));
    }
    // Init containers run one after the other, beside the sidecars started before them.
    Resources sidecars = Resources.NONE;
    Resources largestInitStep = Resources.NONE;
    for (JsonNode container : Fields.objects(spec, "initContainers")) {
      if (Fields.text(container, "restartPolicy").equals("Always")) {
        sidecars = sidecars.plus(held(container, statuses, infeasible));
        largestInitStep = largestInitStep.max(sidecars);
      } else {
        largestInitStep = largestInitStep.max(sidecars.plus(requested(container)));
      }
    }
    Resources sum = running.plus(sidecars).max(largestInitStep);
    return overridden(sum, spec).plus(ResourceAmounts.read(spec, "overhead"));
  }

  private static Resources requested(JsonNode owner) {
    return ResourceAmounts.read(Fields.object(owner, "resources"), "requests");
  }

  /** A resize in place is granted in the status after the spec asks for it, and done later. */
  private static Resources held(
      JsonNode container, Map<String, JsonNode> statuses, boolean resizeInfeasible) {
    JsonNode status =
        statuses.getOrDefault(Fields.text(container, "name"), MissingNode.getInstance());
    if (Fields.object(status, "resources").isMissingNode()) {
      return requested(container);
    }
    Resources granted = ResourceAmounts.read(status, "allocatedResources").max(requested(status));
    return resizeInfeasible ? granted : requested(container).max(granted);
  }

  /** Whether the node can never grant what the spec asks for now. */
  private static boolean isResizeInfeasible(JsonNode status) {
    for (JsonNode condition : Fields.objects(status, "conditions")) {
      if (Fields.text(condition, "type").equals("PodResizePending")
          && Fields.text(condition, "reason").equals("Infeasible")) {
        return true;
      }
    }
    return false;
  }

  /** Pod-level requests replace the containers' sum, resource by resource; GPUs have none. */
  private static Resources overridden(Resources sum, JsonNode spec) {
    JsonNode requests = Fields.object(Fields.object(spec, "resources"), "requests");
    if (requests.isEmpty()) {
      return sum;
    }
    Resources podLevel = requested(spec);
    return new Resources(
        requests.has("cpu") ? podLevel.cpuCores() : sum.cpuCores(),
        requests.has("memory") ? podLevel.memoryBytes() : sum.memoryBytes(),
        sum.gpus());
  }

  private static Map<String, JsonNode> statuses(JsonNode status) {
    Map<String, JsonNode> byName = new HashMap<>();
    for (String list : List.of("containerStatuses", "initContainerStatuses")) {
      for (JsonNode each : Fields.objects(status, list)) {
        byName.put(Fields.text(each, "name"), each);
      }
    }
    return byName;
  }
}

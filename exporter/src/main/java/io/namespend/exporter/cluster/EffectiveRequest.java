package io.namespend.exporter.cluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  static Resources of(Pod pod) {
    var spec = pod.getSpec();
    if (spec == null) {
      return Resources.NONE;
    }
    Map<String, ContainerStatus> statuses = statuses(pod.getStatus());
    boolean infeasible = isResizeInfeasible(pod.getStatus());
    Resources running = Resources.NONE;
    for (Container container : spec.getContainers()) {
      running = running.plus(held(container, statuses, infeasible));
    }
    // Init containers run one after the other, beside the sidecars started before them.
    Resources sidecars = Resources.NONE;
    Resources largestInitStep = Resources.NONE;
    for (Container container : spec.getInitContainers()) {
      if ("Always".equals(container.getRestartPolicy())) {
        sidecars = sidecars.plus(held(container, statuses, infeasible));
        largestInitStep = largestInitStep.max(sidecars);
      } else {
        largestInitStep = largestInitStep.max(sidecars.plus(asked(container)));
      }
    }
    Resources sum = running.plus(sidecars).max(largestInitStep);
    if (spec.getResources() != null) {
      sum = overridden(sum, spec.getResources().getRequests());
    }
    return sum.plus(ResourceAmounts.read(spec.getOverhead()));
  }

  private static Resources asked(Container container) {
    return container.getResources() == null
        ? Resources.NONE
        : ResourceAmounts.read(container.getResources().getRequests());
  }

  /** A resize in place is granted in the status after the spec asks for it, and done later. */
  private static Resources held(
      Container container, Map<String, ContainerStatus> statuses, boolean resizeInfeasible) {
    ContainerStatus status = statuses.get(container.getName());
    if (status == null || status.getResources() == null) {
      return asked(container);
    }
    Resources granted =
        ResourceAmounts.read(status.getAllocatedResources())
            .max(ResourceAmounts.read(status.getResources().getRequests()));
    return resizeInfeasible ? granted : asked(container).max(granted);
  }

  /** Whether the node can never grant what the spec asks for now. */
  private static boolean isResizeInfeasible(@Nullable PodStatus status) {
    return status != null
        && status.getConditions().stream()
            .anyMatch(
                condition ->
                    "PodResizePending".equals(condition.getType())
                        && "Infeasible".equals(condition.getReason()));
  }

  /** Pod-level requests replace the containers' sum, resource by resource; GPUs have none. */
  private static Resources overridden(Resources sum, @Nullable Map<String, Quantity> requests) {
    if (requests == null || requests.isEmpty()) {
      return sum;
    }
    Resources podLevel = ResourceAmounts.read(requests);
    return new Resources(
        requests.containsKey("cpu") ? podLevel.cpuCores() : sum.cpuCores(),
        requests.containsKey("memory") ? podLevel.memoryBytes() : sum.memoryBytes(),
        sum.gpus());
  }

  private static Map<String, ContainerStatus> statuses(@Nullable PodStatus status) {
    Map<String, ContainerStatus> byName = new HashMap<>();
    if (status != null) {
      for (List<ContainerStatus> list :
          List.of(status.getContainerStatuses(), status.getInitContainerStatuses())) {
        list.forEach(each -> byName.put(each.getName(), each));
      }
    }
    return byName;
  }
}

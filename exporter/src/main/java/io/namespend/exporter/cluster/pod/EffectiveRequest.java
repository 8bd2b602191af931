package io.namespend.exporter.cluster.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.namespend.exporter.cluster.json.Fields;
import io.namespend.exporter.cluster.node.AcceleratorResource;
import io.namespend.exporter.cluster.node.ResourceAmounts;
import io.namespend.exporter.cluster.node.Resources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a pod asks for, as kube-scheduler counts it: containers plus sidecars, at least the largest
 * step of the initialisation, resized amounts where they are larger, pod-level resources instead of
 * the containers' where given, plus the pod's overhead. Memory in huge pages is memory.
 *
 * <p>Source: Kubernetes documentation, "Init containers: resource sharing within containers",
 * "Assign pod-level resources", "Resize container resources", "Manage HugePages".
 *
 * @param cpuAndMemory without GPUs
 * @param devices units of GPUs and other accelerators by resource name; how much of a device each
 *     is only the node tells. Empty for most pods
 */
record EffectiveRequest(Resources cpuAndMemory, Map<String, Double> devices) {
  EffectiveRequest {
    devices = Map.copyOf(devices);
  }

  /**
   * @throws IllegalArgumentException if a field has a value that a pod may not have
   */
  static EffectiveRequest of(JsonNode pod) {
    Reading reading = new Reading(pod);
    Resources cpuAndMemory = reading.effective(ResourceAmounts::cpuAndMemory, "cpu", "memory");
    double hugePages = 0;
    Map<String, Double> devices = new TreeMap<>();
    for (String name : List.copyOf(reading.others)) {
      double amount =
          reading
              .effective(
                  quantities -> new Resources(0, ResourceAmounts.amount(quantities, name), 0),
                  "",
                  ResourceAmounts.isHugePages(name) ? name : "")
              .memoryBytes();
      if (ResourceAmounts.isHugePages(name)) {
        hugePages += amount;
      } else if (amount > 0) {
        devices.put(name, amount);
      }
    }
    return new EffectiveRequest(
        hugePages == 0 ? cpuAndMemory : cpuAndMemory.plus(new Resources(0, hugePages, 0)), devices);
  }

  /** Calculates one resource after the other of a pod. */
  private static final class Reading {
    private final JsonNode spec;
    private final Map<String, JsonNode> statuses;
    private final boolean isResizeInfeasible;

    /** Huge pages and accelerators that the pod names, after cpu and memory were read. */
    private final Set<String> others = new TreeSet<>();

    Reading(JsonNode pod) {
      spec = Fields.object(pod, "spec");
      JsonNode status = Fields.object(pod, "status");
      statuses = statuses(status);
      isResizeInfeasible = isResizeInfeasible(status);
    }

    /**
     * @param read what a list of resources has
     * @param cpu the name, at the level of the pod, of what is read as CPU; empty for none
     * @param memory likewise
     */
    Resources effective(Function<JsonNode, Resources> read, String cpu, String memory) {
      Resources running = Resources.NONE;
      for (JsonNode container : Fields.objects(spec, "containers")) {
        running = running.plus(held(container, read));
      }
      // Init containers run one after the other, beside the sidecars started before them.
      Resources sidecars = Resources.NONE;
      Resources largestInitStep = Resources.NONE;
      for (JsonNode container : Fields.objects(spec, "initContainers")) {
        if (Fields.text(container, "restartPolicy").equals("Always")) {
          sidecars = sidecars.plus(held(container, read));
          largestInitStep = largestInitStep.max(sidecars);
        } else {
          largestInitStep = largestInitStep.max(sidecars.plus(requested(container, read)));
        }
      }
      Resources sum = running.plus(sidecars).max(largestInitStep);
      return overridden(sum, read, cpu, memory).plus(listed(spec, "overhead", read));
    }

    private Resources requested(JsonNode owner, Function<JsonNode, Resources> read) {
      return listed(Fields.object(owner, "resources"), "requests", read);
    }

    private Resources listed(JsonNode parent, String field, Function<JsonNode, Resources> read) {
      JsonNode quantities = Fields.object(parent, field);
      if (quantities.isEmpty()) {
        return Resources.NONE;
      }
      for (Map.Entry<String, JsonNode> quantity : quantities.properties()) {
        String name = quantity.getKey();
        if (ResourceAmounts.isHugePages(name) || AcceleratorResource.named(name).isPresent()) {
          others.add(name);
        }
      }
      return read.apply(quantities);
    }

    /** A resize in place is granted in the status after the spec asks for it, and done later. */
    private Resources held(JsonNode container, Function<JsonNode, Resources> read) {
      JsonNode status =
          statuses.getOrDefault(Fields.text(container, "name"), MissingNode.getInstance());
      if (Fields.object(status, "resources").isMissingNode()) {
        return requested(container, read);
      }
      Resources granted = listed(status, "allocatedResources", read).max(requested(status, read));
      return isResizeInfeasible ? granted : requested(container, read).max(granted);
    }

    /** Pod-level requests replace the containers' sum, resource by resource; GPUs have none. */
    private Resources overridden(
        Resources sum, Function<JsonNode, Resources> read, String cpu, String memory) {
      JsonNode requests = Fields.object(Fields.object(spec, "resources"), "requests");
      if (requests.isEmpty()) {
        return sum;
      }
      Resources podLevel = requested(spec, read);
      return new Resources(
          requests.has(cpu) ? podLevel.cpuCores() : sum.cpuCores(),
          requests.has(memory) ? podLevel.memoryBytes() : sum.memoryBytes(),
          0);
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
}

package io.namespend.exporter.cluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a ResourceClaim: the accelerators that were allocated for it.
 *
 * @param pods names of those that share it
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/">Dynamic
 *     Resource Allocation</a>
 */
public record ClaimFacts(String namespace, List<Allocated> devices, List<String> pods) {
  /**
   * A device, or a part of one.
   *
   * @param consumed of the device's capacity, by its name; empty if it has the device for itself
   */
  record Allocated(ClaimedDevice device, Map<String, Double> consumed) {}

  /** Empty for a claim of which nobody holds an accelerator. */
  public static Optional<ClaimFacts> of(JsonNode claim) {
    JsonNode status = Fields.object(claim, "status");
    JsonNode devices = Fields.object(Fields.object(status, "allocation"), "devices");
    List<Allocated> allocated = new ArrayList<>();
    for (JsonNode result : Fields.objects(devices, "results")) {
      ClaimedDevice device =
          new ClaimedDevice(
              Fields.text(result, "driver"),
              Fields.text(result, "pool"),
              Fields.text(result, "device"));
      // Who only looks, such as a monitor, holds nothing.
      if (device.isAccelerator() && !Fields.text(result, "adminAccess").equals("true")) {
        allocated.add(new Allocated(device, amounts(result, "consumedCapacity")));
      }
    }
    List<String> pods = new ArrayList<>();
    for (JsonNode consumer : Fields.objects(status, "reservedFor")) {
      if (Fields.text(consumer, "resource").equals("pods")) {
        pods.add(Fields.text(consumer, "name"));
      }
    }
    return allocated.isEmpty() || pods.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ClaimFacts(
                Fields.text(Fields.object(claim, "metadata"), "namespace"),
                List.copyOf(allocated),
                List.copyOf(pods)));
  }

  private static Map<String, Double> amounts(JsonNode parent, String field) {
    JsonNode quantities = Fields.object(parent, field);
    Map<String, Double> amounts = new HashMap<>();
    for (Map.Entry<String, JsonNode> quantity : quantities.properties()) {
      amounts.put(quantity.getKey(), ResourceAmounts.amount(quantities, quantity.getKey()));
    }
    return Map.copyOf(amounts);
  }
}

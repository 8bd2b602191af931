package io.namespend.exporter.cluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Fields;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a ResourceSlice: the accelerators of a node that a driver hands out.
 *
 * @param node empty for devices that are on no single node
 */
public record SliceFacts(String node, Map<ClaimedDevice, Offered> devices) {
  /**
   * What a driver says of a device.
   *
   * @param share of a whole device
   * @param isAlternative whether it is another way to hand out a device that is listed whole
   * @param capacity that several can share, by its name; empty if one has all
   */
  record Offered(double share, boolean isAlternative, Map<String, Double> capacity) {}

  /** Empty for one without accelerators. */
  public static Optional<SliceFacts> of(JsonNode slice) {
    JsonNode spec = Fields.object(slice, "spec");
    String driver = Fields.text(spec, "driver");
    String pool = Fields.text(Fields.object(spec, "pool"), "name");
    Map<ClaimedDevice, Offered> devices = new HashMap<>();
    for (JsonNode device : Fields.objects(spec, "devices")) {
      ClaimedDevice named = new ClaimedDevice(driver, pool, Fields.text(device, "name"));
      if (named.isAccelerator()) {
        devices.put(named, offered(named, device));
      }
    }
    return devices.isEmpty()
        ? Optional.empty()
        : Optional.of(new SliceFacts(Fields.text(spec, "nodeName"), Map.copyOf(devices)));
  }

  private static Offered offered(ClaimedDevice named, JsonNode device) {
    // Before v1beta2 all is in a field of its own.
    JsonNode basic = Fields.object(device, "basic");
    JsonNode body = basic.isMissingNode() ? device : basic;
    JsonNode attributes = Fields.object(body, "attributes");
    String profile = attribute(attributes, "profile");
    double share = profile.isEmpty() ? named.share() : ClaimedDevice.share(profile);
    String type = attribute(attributes, "type");
    boolean isAlternative =
        share < 1 || !profile.isEmpty() || type.equals("mig") || type.equals("vfio");
    Map<String, Double> capacity = new HashMap<>();
    if (Fields.text(body, "allowMultipleAllocations").equals("true")) {
      for (Map.Entry<String, JsonNode> entry : Fields.object(body, "capacity").properties()) {
        capacity.put(entry.getKey(), ResourceAmounts.amount(entry.getValue(), "value"));
      }
    }
    return new Offered(share, isAlternative, Map.copyOf(capacity));
  }

  private static String attribute(JsonNode attributes, String name) {
    return Fields.text(Fields.object(attributes, name), "string");
  }
}

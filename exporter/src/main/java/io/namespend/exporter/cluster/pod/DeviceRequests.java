package io.namespend.exporter.cluster.pod;

import io.namespend.exporter.cluster.json.ObjectKey;
import io.namespend.exporter.cluster.node.DeviceShares;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What pods hold of GPUs and other accelerators. A pod requests units; how much of a device one is
 * depends on its node. Claims of dynamic resource allocation come beside.
 *
 * @param ofNode nodes where units are not what their names say
 * @param claimed devices by pod
 */
public record DeviceRequests(Map<String, DeviceShares> ofNode, Map<ObjectKey, Double> claimed) {
  public static DeviceRequests of(Collection<Node> nodes, Map<ObjectKey, Double> claimed) {
    Map<String, DeviceShares> ofNode = new HashMap<>();
    for (Node node : nodes) {
      if (!node.deviceShares().ofUnit().isEmpty()) {
        ofNode.put(node.name(), node.deviceShares());
      }
    }
    return new DeviceRequests(ofNode, claimed);
  }

  /** All that a pod requests. */
  Resources request(PodFacts pod) {
    if (pod.devices().isEmpty() && claimed.isEmpty()) {
      return pod.request();
    }
    double devices =
        pod.devices().isEmpty()
            ? 0
            : ofNode.getOrDefault(pod.node(), DeviceShares.PLAIN).devices(pod.devices());
    if (!claimed.isEmpty()) {
      // The scheduler may make a claim of what is requested by name; that is the same device.
      devices =
          Math.max(devices, claimed.getOrDefault(new ObjectKey(pod.namespace(), pod.name()), 0.0));
    }
    return devices == 0 ? pod.request() : pod.request().plus(new Resources(0, 0, devices));
  }
}

package io.namespend.exporter.cluster.node;

import io.namespend.exporter.cluster.json.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Accelerators that dynamic resource allocation hands out: which nodes have, which pods hold. */
public record DeviceClaims(Collection<ClaimFacts> claims, Collection<SliceFacts> slices) {
  static final DeviceClaims NONE = new DeviceClaims(List.of(), List.of());

  /** Devices by pod. What several hold of a device is divided among them. */
  public Map<ObjectKey, Double> byPod() {
    if (claims.isEmpty()) {
      return Map.of();
    }
    Map<ClaimedDevice, SliceFacts.Offered> offered = new HashMap<>();
    slices.forEach(slice -> offered.putAll(slice.devices()));
    Map<ClaimedDevice, Double> holders = new HashMap<>();
    for (ClaimFacts claim : claims) {
      claim
          .devices()
          .forEach(held -> holders.merge(held.device(), part(held, offered), Double::sum));
    }
    Map<ObjectKey, Double> byPod = new HashMap<>();
    for (ClaimFacts claim : claims) {
      double devices = 0;
      for (ClaimFacts.Allocated held : claim.devices()) {
        SliceFacts.Offered known = offered.get(held.device());
        double share = known == null ? held.device().share() : known.share();
        // Nobody holds more of a device than there is of it.
        devices +=
            share * part(held, offered) / Math.max(1, holders.getOrDefault(held.device(), 1.0));
      }
      for (String pod : claim.pods()) {
        byPod.merge(
            new ObjectKey(claim.namespace(), pod), devices / claim.pods().size(), Double::sum);
      }
    }
    return byPod;
  }

  /** The nodes with the devices that only their drivers tell of. */
  public List<Node> withDevices(Collection<Node> nodes) {
    if (slices.isEmpty()) {
      return List.copyOf(nodes);
    }
    Map<String, Map<ClaimedDevice, SliceFacts.Offered>> ofNode = new HashMap<>();
    for (SliceFacts slice : slices) {
      ofNode.computeIfAbsent(slice.node(), first -> new HashMap<>()).putAll(slice.devices());
    }
    List<Node> all = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      double devices = devices(ofNode.getOrDefault(node.name(), Map.of()));
      all.add(devices == 0 ? node : node.withDevices(devices));
    }
    return all;
  }

  /** How much of a device is held: all, or the largest part of any capacity that it has. */
  private static double part(
      ClaimFacts.Allocated held, Map<ClaimedDevice, SliceFacts.Offered> offered) {
    SliceFacts.Offered known = offered.get(held.device());
    double part = 0;
    if (known != null) {
      for (Map.Entry<String, Double> consumed : held.consumed().entrySet()) {
        double capacity = known.capacity().getOrDefault(consumed.getKey(), 0.0);
        part = capacity > 0 ? Math.max(part, Math.min(1, consumed.getValue() / capacity)) : part;
      }
    }
    return part > 0 ? part : 1;
  }

  private static double devices(Map<ClaimedDevice, SliceFacts.Offered> offered) {
    double whole = 0;
    double slices = 0;
    Set<String> names = new HashSet<>();
    for (Map.Entry<ClaimedDevice, SliceFacts.Offered> device : offered.entrySet()) {
      if (!device.getValue().isAlternative()) {
        whole++;
      } else if (names.add(device.getKey().name())) {
        slices += device.getValue().share();
      }
    }
    return whole > 0 ? whole : Math.ceil(slices - 1e-9);
  }
}

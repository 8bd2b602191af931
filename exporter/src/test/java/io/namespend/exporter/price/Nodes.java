package io.namespend.exporter.price;

import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.Distribution;
import io.namespend.exporter.cluster.node.FargatePod;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.NodeTerms;
import io.namespend.exporter.cluster.node.Resources;
import java.util.Map;
import java.util.Optional;

/** Nodes to price in tests. */
public final class Nodes {
  private Nodes() {}

  public static Node aws(String type, String region) {
    return node(
        "n-" + type, type, region, "aws:///" + region + "a/i-0" + type, Resources.ofGib(4, 16, 0));
  }

  public static Node spot(String type, String zone) {
    Node node = aws(type, zone.substring(0, zone.length() - 1));
    return copy(node, zone, CapacityType.SPOT, Map.of(), Optional.empty());
  }

  public static Node azure(String size, String region, CapacityType capacityType) {
    Node node = node("n-" + size, size, region, "azure:///vms/" + size, Resources.ofGib(4, 16, 0));
    return copy(node, region + "-1", capacityType, Map.of(), Optional.empty());
  }

  public static Node gcp(
      String type, CapacityType capacityType, Resources capacity, Map<String, String> labels) {
    Node node = node("n-" + type, type, "europe-west1", "gce://p/europe-west1-b/n", capacity);
    return copy(node, "europe-west1-b", capacityType, labels, Optional.empty());
  }

  public static Node fargate(String region, Resources request) {
    return fargate(region, new FargatePod(request, Optional.empty()));
  }

  public static Node fargate(String region, FargatePod pod) {
    Node node =
        node("fargate-ip", "", region, "aws:///" + region + "a/x", Resources.ofGib(2, 3.85, 0));
    return copy(node, region + "a", CapacityType.ON_DEMAND, Map.of(), Optional.of(pod));
  }

  public static Node labelled(String name, Map<String, String> labels) {
    Node node = node(name, "", "", "", Resources.ofGib(8, 32, 0));
    return copy(node, "", CapacityType.ON_DEMAND, labels, Optional.empty());
  }

  private static Node node(
      String name, String type, String region, String providerId, Resources capacity) {
    return new Node(
        name,
        type,
        region,
        region + "a",
        "amd64",
        providerId,
        CapacityType.ON_DEMAND,
        capacity,
        capacity);
  }

  private static Node copy(
      Node node,
      String zone,
      CapacityType capacityType,
      Map<String, String> labels,
      Optional<FargatePod> fargatePod) {
    return new Node(
        node.name(),
        node.instanceType(),
        node.region(),
        zone,
        node.arch(),
        node.providerId(),
        capacityType,
        node.capacity(),
        node.allocatable(),
        Distribution.OTHER,
        node.kubelet(),
        NodeTerms.PLAIN,
        labels,
        fargatePod,
        node.deviceShares(),
        node.virtual());
  }
}

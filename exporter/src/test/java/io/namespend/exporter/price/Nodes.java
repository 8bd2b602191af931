package io.namespend.exporter.price;

import io.namespend.exporter.cluster.node.CapacityType;
import io.namespend.exporter.cluster.node.FargatePod;
import io.namespend.exporter.cluster.node.Node;
import io.namespend.exporter.cluster.node.Resources;
import java.util.Map;
import java.util.Optional;

/** Nodes to price in tests. */
public final class Nodes {
  private Nodes() {}

  public static Node aws(String type, String region) {
    return aws(type, region, region + "a").build();
  }

  public static Node spot(String type, String zone) {
    return aws(type, zone.substring(0, zone.length() - 1), zone)
        .capacityType(CapacityType.SPOT)
        .build();
  }

  private static Node.Builder aws(String type, String region, String zone) {
    return node("n-" + type, region, zone, Resources.ofGib(4, 16, 0))
        .instanceType(type)
        .providerId("aws:///" + region + "a/i-0" + type);
  }

  public static Node azure(String size, String region, CapacityType capacityType) {
    return node("n-" + size, region, region + "-1", Resources.ofGib(4, 16, 0))
        .instanceType(size)
        .providerId("azure:///vms/" + size)
        .capacityType(capacityType)
        .build();
  }

  public static Node gcp(
      String type, CapacityType capacityType, Resources capacity, Map<String, String> labels) {
    return node("n-" + type, "europe-west1", "europe-west1-b", capacity)
        .instanceType(type)
        .providerId("gce://p/europe-west1-b/n")
        .capacityType(capacityType)
        .labels(labels)
        .build();
  }

  public static Node fargate(String region, Resources request) {
    return fargate(region, new FargatePod(request, Optional.empty()));
  }

  public static Node fargate(String region, FargatePod pod) {
    return node("fargate-ip", region, region + "a", Resources.ofGib(2, 3.85, 0))
        .providerId("aws:///" + region + "a/x")
        .fargatePod(Optional.of(pod))
        .build();
  }

  public static Node labelled(String name, Map<String, String> labels) {
    return node(name, "", "", Resources.ofGib(8, 32, 0)).labels(labels).build();
  }

  private static Node.Builder node(String name, String region, String zone, Resources capacity) {
    return Node.named(name)
        .region(region)
        .zone(zone)
        .arch("amd64")
        .capacity(capacity)
        .allocatable(capacity);
  }
}

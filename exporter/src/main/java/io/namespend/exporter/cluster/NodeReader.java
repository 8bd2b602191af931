package io.namespend.exporter.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes from a Kubernetes Node what its price depends on. */
final class NodeReader {
  private static final List<String> INSTANCE_TYPE =
      List.of("node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type");
  private static final List<String> REGION =
      List.of("topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region");
  private static final List<String> ZONE =
      List.of("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone");
  private static final List<String> ARCH = List.of("kubernetes.io/arch", "beta.kubernetes.io/arch");

  private NodeReader() {}

  static Node read(JsonNode node, NodeLabels which) {
    JsonNode metadata = Fields.object(node, "metadata");
    JsonNode status = Fields.object(node, "status");
    Map<String, String> labels = Fields.textsByName(metadata, "labels");
    JsonNode nodeInfo = Fields.object(status, "nodeInfo");
    String name = Fields.text(metadata, "name");
    String providerId = Fields.text(Fields.object(node, "spec"), "providerID");
    String region = first(labels, REGION);
    String zone = first(labels, ZONE);
    if (region.isEmpty() || zone.isEmpty()) {
      ProviderIdPlace place = ProviderIdPlace.of(providerId);
      region = region.isEmpty() ? place.region() : region;
      zone = zone.isEmpty() ? place.zone() : zone;
    }
    return new Node(
        name,
        first(labels, INSTANCE_TYPE),
        region,
        zone,
        first(labels, ARCH),
        providerId,
        CapacityTypeReader.read(labels, which.spot()),
        ResourceAmounts.read(status, "capacity"),
        ResourceAmounts.read(status, "allocatable"),
        Distribution.of(Fields.text(nodeInfo, "kubeletVersion"), providerId, labels),
        NodeTermsReader.read(name, providerId, labels, nodeInfo),
        kept(labels, which.kept()),
        "fargate".equals(labels.get("eks.amazonaws.com/compute-type"))
            ? Optional.of(FargatePod.NONE)
            : Optional.empty());
  }

  private static Map<String, String> kept(Map<String, String> labels, Set<String> keys) {
    return keys.stream()
        .filter(labels::containsKey)
        .collect(Collectors.toUnmodifiableMap(key -> key, labels::get));
  }

  private static String first(Map<String, String> labels, List<String> keys) {
    return keys.stream()
        .map(key -> labels.getOrDefault(key, ""))
        .filter(v -> !v.isEmpty())
        .findFirst()
        .orElse("");
  }
}

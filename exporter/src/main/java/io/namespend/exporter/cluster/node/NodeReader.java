package io.namespend.exporter.cluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes from a Kubernetes Node what its price depends on. */
public final class NodeReader {
  private static final List<String> INSTANCE_TYPE =
      List.of("node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type");
  private static final List<String> REGION =
      List.of("topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region");
  private static final List<String> ZONE =
      List.of("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone");
  private static final List<String> ARCH = List.of("kubernetes.io/arch", "beta.kubernetes.io/arch");

  private NodeReader() {}

  /**
   * @param types for GPUs that the node does not report
   */
  public static Node read(JsonNode node, NodeLabels which, InstanceTypes types) {
    JsonNode metadata = Fields.object(node, "metadata");
    JsonNode status = Fields.object(node, "status");
    Map<String, String> labels = Fields.textsByName(metadata, "labels");
    JsonNode nodeInfo = Fields.object(status, "nodeInfo");
    String name = Fields.text(metadata, "name");
    JsonNode spec = Fields.object(node, "spec");
    String providerId = Fields.text(spec, "providerID");
    String region = first(labels, REGION);
    String zone = first(labels, ZONE);
    if (region.isEmpty() || zone.isEmpty()) {
      ProviderIdPlace place = ProviderIdPlace.of(providerId);
      region = region.isEmpty() ? place.region() : region;
      zone = zone.isEmpty() ? place.zone() : zone;
    }
    String instanceType = first(labels, INSTANCE_TYPE);
    NodeAccelerators accelerators =
        NodeAccelerators.of(status, new SharingLabels(labels), types.devices(instanceType));
    Resources capacity = ResourceAmounts.cpuAndMemory(Fields.object(status, "capacity"));
    String kubelet = Fields.text(nodeInfo, "kubeletVersion");
    return Node.named(name)
        .instanceType(instanceType)
        .region(region)
        .zone(zone)
        .arch(first(labels, ARCH))
        .providerId(providerId)
        .capacityType(CapacityTypeReader.read(labels, taints(spec), which.spot()))
        .capacity(capacity.plus(new Resources(0, 0, accelerators.capacity())))
        .allocatable(
            allocatable(capacity, Fields.object(status, "allocatable"))
                .plus(new Resources(0, 0, accelerators.allocatable())))
        .distribution(Distribution.of(kubelet, providerId, labels))
        .kubelet(KubernetesVersion.of(kubelet))
        .terms(NodeTermsReader.read(name, providerId, labels, nodeInfo))
        .labels(kept(labels, which.kept()))
        .fargatePod(isFargate(providerId, labels) ? Optional.of(FargatePod.NONE) : Optional.empty())
        .deviceShares(accelerators.shares())
        .virtual(VirtualNode.of(node, labels))
        .build();
  }

  /** The provider id of one ends with its name, {@code fargate-ip-10-0-1-2.ec2.internal}. */
  private static boolean isFargate(String providerId, Map<String, String> labels) {
    return "fargate".equalsIgnoreCase(labels.get("eks.amazonaws.com/compute-type"))
        || (providerId.startsWith("aws:") && providerId.contains("/fargate-ip-"));
  }

  private static Map<String, String> taints(JsonNode spec) {
    Map<String, String> taints = new HashMap<>();
    for (JsonNode taint : Fields.objects(spec, "taints")) {
      taints.put(Fields.text(taint, "key"), Fields.text(taint, "value"));
    }
    return taints;
  }

  /** All of what nothing is said of. Memory in huge pages is memory that pods can get. */
  private static Resources allocatable(Resources capacity, JsonNode reported) {
    Resources plain = ResourceAmounts.cpuAndMemory(reported);
    double memory = plain.memoryBytes() + ResourceAmounts.hugePageBytes(reported);
    return new Resources(
        reported.hasNonNull("cpu") ? plain.cpuCores() : capacity.cpuCores(),
        reported.hasNonNull("memory")
            ? capacity.memoryBytes() > 0
                ? Math.min(memory, Math.max(plain.memoryBytes(), capacity.memoryBytes()))
                : memory
            : capacity.memoryBytes(),
        0);
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

  /**
   * Where a node is by its {@code spec.providerID}, for nodes without labels of their zone. What it
   * does not tell is empty.
   */
  private record ProviderIdPlace(String region, String zone) {
    private static final ProviderIdPlace UNKNOWN = new ProviderIdPlace("", "");
    private static final Pattern AWS = Pattern.compile("aws:///([a-z\\d-]+)/.+");

    /** The region that an AWS zone begins with, local zones and wavelength zones too. */
    private static final Pattern AWS_REGION = Pattern.compile("[a-z]{2}(?:-[a-z]+)+-\\d+");

    private static final Pattern HYBRID = Pattern.compile("eks-hybrid:///([a-z\\d-]+)/.+");
    private static final Pattern GOOGLE = Pattern.compile("gce://[^/]+/(([a-z\\d-]+)-[a-z])/.+");

    static ProviderIdPlace of(String providerId) {
      Matcher aws = AWS.matcher(providerId);
      if (aws.matches()) {
        Matcher region = AWS_REGION.matcher(aws.group(1));
        return region.lookingAt() ? new ProviderIdPlace(region.group(), aws.group(1)) : UNKNOWN;
      }
      Matcher google = GOOGLE.matcher(providerId);
      if (google.matches()) {
        return new ProviderIdPlace(google.group(2), google.group(1));
      }
      Matcher hybrid = HYBRID.matcher(providerId);
      return hybrid.matches() ? new ProviderIdPlace(hybrid.group(1), "") : UNKNOWN;
    }
  }
}

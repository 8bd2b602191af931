package io.namespend.exporter.cluster.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Copies;
import io.namespend.exporter.cluster.json.Fields;
import io.namespend.exporter.cluster.node.ResourceAmounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a volume until a snapshot adds the parameters of its storage class.
 *
 * @param backing the disk or file system that it lies on, the same for all that lie there; empty
 *     where that cannot be told
 * @param hasAttributesClass whether a VolumeAttributesClass says, instead of the storage class, how
 *     fast it is
 */
public record VolumeFacts(
    String name,
    String providerId,
    String driver,
    String backing,
    String storageClass,
    boolean hasAttributesClass,
    double gib,
    String region,
    Optional<Volume.Claim> claim) {

  private static final List<String> REGION =
      List.of(
          "topology.kubernetes.io/region",
          "failure-domain.beta.kubernetes.io/region",
          "topology.ebs.csi.aws.com/region");
  private static final List<String> ZONE =
      List.of(
          "topology.kubernetes.io/zone",
          "failure-domain.beta.kubernetes.io/zone",
          "topology.ebs.csi.aws.com/zone",
          "topology.gke.io/zone",
          "topology.disk.csi.azure.com/zone");

  /** Empty for a volume that failed, which has nothing behind it. */
  public static Optional<VolumeFacts> of(JsonNode volume) {
    JsonNode metadata = Fields.object(volume, "metadata");
    JsonNode spec = Fields.object(volume, "spec");
    String phase = Fields.text(Fields.object(volume, "status"), "phase");
    if (spec.isMissingNode() || phase.equals("Failed")) {
      return Optional.empty();
    }
    VolumeBacking backing = VolumeBacking.of(spec);
    return Optional.of(
        new VolumeFacts(
            Fields.text(metadata, "name"),
            backing.id(),
            backing.driver(),
            backing.key(),
            Fields.text(spec, "storageClassName"),
            !Fields.text(spec, "volumeAttributesClassName").isEmpty(),
            ResourceAmounts.storageGib(spec, "capacity"),
            region(Fields.textsByName(metadata, "labels"), spec),
            claim(Fields.object(spec, "claimRef"), phase)));
  }

  /** The same volume, sharing with others what is equal. */
  public VolumeFacts sharing(Copies copies) {
    return new VolumeFacts(
        name,
        providerId,
        copies.same(driver),
        backing.equals(providerId) ? providerId : copies.same(backing),
        copies.same(storageClass),
        hasAttributesClass,
        gib,
        copies.same(region),
        claim.map(held -> new Volume.Claim(copies.same(held.namespace()), held.name())));
  }

  /**
   * @param parameters of the storage class; empty if it was not read
   * @param share of what lies behind
   */
  public Volume with(Optional<Map<String, String>> parameters, double share) {
    return new Volume(
        name,
        providerId,
        driver,
        storageClass,
        gib,
        region,
        parameters.orElse(Map.of()),
        parameters.isPresent() && !hasAttributesClass,
        share,
        claim);
  }

  /** A released volume still names the claim that it once had. */
  private static Optional<Volume.Claim> claim(JsonNode reference, String phase) {
    return reference.isMissingNode() || !(phase.isEmpty() || phase.equals("Bound"))
        ? Optional.empty()
        : Optional.of(
            new Volume.Claim(Fields.text(reference, "namespace"), Fields.text(reference, "name")));
  }

  private static String region(Map<String, String> labels, JsonNode spec) {
    String labelled = first(labels, REGION);
    if (!labelled.isEmpty()) {
      return labelled;
    }
    String zone = first(labels, ZONE);
    return Zones.region(zone.isEmpty() ? affinityZone(spec) : zone);
  }

  private static String first(Map<String, String> labels, List<String> keys) {
    return keys.stream().map(labels::get).filter(v -> v != null).findFirst().orElse("");
  }

  private static String affinityZone(JsonNode spec) {
    JsonNode required = Fields.object(Fields.object(spec, "nodeAffinity"), "required");
    return Fields.objects(required, "nodeSelectorTerms").stream()
        .flatMap(term -> Fields.objects(term, "matchExpressions").stream())
        .filter(expression -> ZONE.contains(Fields.text(expression, "key")))
        .flatMap(expression -> Fields.texts(expression, "values").stream())
        .findFirst()
        .orElse("");
  }
}

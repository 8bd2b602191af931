package io.namespend.exporter.cluster;

import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is kept of a volume until a snapshot adds the parameters of its storage class. */
record VolumeFacts(
    String name,
    String providerId,
    String driver,
    String storageClass,
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
  static Optional<VolumeFacts> of(PersistentVolume volume) {
    PersistentVolumeSpec spec = volume.getSpec();
    String phase = volume.getStatus() == null ? null : volume.getStatus().getPhase();
    if (spec == null || "Failed".equals(phase)) {
      return Optional.empty();
    }
    Backing backing = Backing.of(spec);
    return Optional.of(
        new VolumeFacts(
            volume.getMetadata().getName(),
            backing.id,
            backing.driver,
            text(spec.getStorageClassName()),
            ResourceAmounts.storageGib(spec.getCapacity()),
            region(volume, spec),
            claim(spec.getClaimRef(), phase)));
  }

  /** The same volume, sharing with others what is equal. */
  VolumeFacts sharing(Copies copies) {
    return new VolumeFacts(
        name,
        providerId,
        copies.same(driver),
        copies.same(storageClass),
        gib,
        copies.same(region),
        claim.map(held -> new Volume.Claim(copies.same(held.namespace()), held.name())));
  }

  /**
   * @param parameters of the storage class; empty if the class is gone
   */
  Volume withParameters(Map<String, String> parameters) {
    return new Volume(name, providerId, driver, storageClass, gib, region, parameters, claim);
  }

  /** A released volume still names the claim that it once had. */
  private static Optional<Volume.Claim> claim(
      @Nullable ObjectReference reference, @Nullable String phase) {
    return reference == null || !(phase == null || "Bound".equals(phase))
        ? Optional.empty()
        : Optional.of(new Volume.Claim(text(reference.getNamespace()), text(reference.getName())));
  }

  private static String region(PersistentVolume volume, PersistentVolumeSpec spec) {
    Map<String, String> labels = volume.getMetadata().getLabels();
    String labelled =
        labels == null
            ? ""
            : REGION.stream().map(labels::get).filter(v -> v != null).findFirst().orElse("");
    if (!labelled.isEmpty()) {
      return labelled;
    }
    String zone =
        labels == null
            ? ""
            : ZONE.stream().map(labels::get).filter(v -> v != null).findFirst().orElse("");
    return Zones.region(zone.isEmpty() ? affinityZone(spec) : zone);
  }

  private static String affinityZone(PersistentVolumeSpec spec) {
    if (spec.getNodeAffinity() == null || spec.getNodeAffinity().getRequired() == null) {
      return "";
    }
    return spec.getNodeAffinity().getRequired().getNodeSelectorTerms().stream()
        .map(NodeSelectorTerm::getMatchExpressions)
        .flatMap(List::stream)
        .filter(expression -> ZONE.contains(expression.getKey()))
        .map(NodeSelectorRequirement::getValues)
        .flatMap(List::stream)
        .findFirst()
        .orElse("");
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** What a volume lies on. */
  private record Backing(String driver, String id) {
    static Backing of(PersistentVolumeSpec spec) {
      return Stream.of(
              spec.getCsi() == null
                  ? null
                  : new Backing(
                      text(spec.getCsi().getDriver()), text(spec.getCsi().getVolumeHandle())),
              spec.getAwsElasticBlockStore() == null
                  ? null
                  : new Backing(
                      "kubernetes.io/aws-ebs", text(spec.getAwsElasticBlockStore().getVolumeID())),
              spec.getGcePersistentDisk() == null
                  ? null
                  : new Backing(
                      "kubernetes.io/gce-pd", text(spec.getGcePersistentDisk().getPdName())),
              spec.getAzureDisk() == null
                  ? null
                  : new Backing("kubernetes.io/azure-disk", text(spec.getAzureDisk().getDiskURI())))
          .filter(backing -> backing != null)
          .findFirst()
          .orElse(new Backing("", ""));
    }
  }
}

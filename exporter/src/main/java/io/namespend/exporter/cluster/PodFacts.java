package io.namespend.exporter.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept of a pod until a snapshot resolves its workload.
 *
 * @param request without GPUs
 * @param devices units of GPUs and other accelerators that it requests, by resource name
 * @param fargateSize what AWS gave it, if it runs on Fargate
 * @param isTaken whether its node's kubelet has taken it; of others anybody may say where they are
 */
record PodFacts(
    String namespace,
    String name,
    String node,
    Optional<OwnerRef> owner,
    String templateHash,
    Resources request,
    Map<String, Double> devices,
    Optional<Resources> fargateSize,
    boolean isTaken,
    Map<String, String> labels) {

  private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

  /**
   * Empty for a pod that holds nothing: not bound to a node, or finished.
   *
   * @param filter which of its labels to keep
   * @throws IllegalArgumentException if a field has a value that a pod may not have
   */
  static Optional<PodFacts> of(JsonNode pod, LabelFilter filter) {
    return of(pod, filter, WorkloadFolding.USUAL);
  }

  /**
   * As above.
   *
   * @param folding which pods have another owner than their own
   */
  static Optional<PodFacts> of(JsonNode pod, LabelFilter filter, WorkloadFolding folding) {
    String node = Fields.text(Fields.object(pod, "spec"), "nodeName");
    String phase = Fields.text(Fields.object(pod, "status"), "phase");
    if (node.isEmpty() || FINISHED.contains(phase)) {
      return Optional.empty();
    }
    JsonNode metadata = Fields.object(pod, "metadata");
    EffectiveRequest request = EffectiveRequest.of(pod);
    Map<String, String> labels = filter.kept(metadata);
    return Optional.of(
        new PodFacts(
            Fields.text(metadata, "namespace"),
            Fields.text(metadata, "name"),
            node,
            owner(metadata, labels, folding),
            Fields.text(Fields.object(metadata, "labels"), "pod-template-hash"),
            request.cpuAndMemory(),
            request.devices(),
            FargatePod.provisioned(metadata),
            isTaken(phase, Fields.object(pod, "status")),
            labels));
  }

  /**
   * API servers make every pod pending, kubelets write the rest of the status, and tenants cannot
   * write it.
   */
  private static boolean isTaken(String phase, JsonNode status) {
    return !phase.equals("Pending") || !Fields.text(status, "startTime").isEmpty();
  }

  /** Folded where nothing else needs to be known for it, which leaves less to keep. */
  private static Optional<OwnerRef> owner(
      JsonNode metadata, Map<String, String> ownerLabels, WorkloadFolding folding) {
    Optional<OwnerRef> owner = OwnerRef.of(metadata);
    String labelled =
        folding.label().isEmpty()
            ? ""
            : Fields.text(Fields.object(metadata, "labels"), folding.label());
    return owner.isEmpty()
        ? folding.ofPod(
            Fields.text(metadata, "name"),
            Fields.text(metadata, "generateName"),
            labelled,
            ownerLabels)
        : owner.map(
            known ->
                known.kind().equals("Job") ? known : folding.ofOwner(known, labelled, ownerLabels));
  }

  /** The same pod, sharing with others what is equal. */
  PodFacts sharing(Copies copies) {
    return new PodFacts(
        copies.same(namespace),
        name,
        copies.same(node),
        copies.same(owner),
        copies.same(templateHash),
        copies.same(request),
        copies.same(devices),
        copies.same(fargateSize),
        isTaken,
        labels);
  }
}

package io.namespend.exporter.cluster.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Copies;
import io.namespend.exporter.cluster.json.Fields;
import io.namespend.exporter.cluster.json.LabelFilter;
import io.namespend.exporter.cluster.node.FargatePod;
import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.store.Held;
import io.namespend.exporter.cluster.store.Life;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a pod until a snapshot resolves its workload.
 *
 * @param request without GPUs
 * @param devices units of GPUs and other accelerators that it requests, by resource name
 * @param fargateSize what AWS gave it, if it runs on Fargate
 * @param since when it was scheduled
 */
public record PodFacts(
    String namespace,
    String name,
    String node,
    Optional<OwnerRef> owner,
    String templateHash,
    Resources request,
    Map<String, Double> devices,
    Optional<Resources> fargateSize,
    Map<String, String> labels,
    long since)
    implements Held<PodFacts> {

  /**
   * Empty for a pod that holds nothing: not bound to a node, or finished.
   *
   * @param filter which of its labels to keep
   * @throws IllegalArgumentException if a field has a value that a pod may not have
   */
  public static Optional<PodFacts> of(JsonNode pod, LabelFilter filter) {
    return of(pod, filter, WorkloadFolding.USUAL);
  }

  /**
   * As above.
   *
   * @param folding which pods have another owner than their own
   */
  public static Optional<PodFacts> of(JsonNode pod, LabelFilter filter, WorkloadFolding folding) {
    return life(pod, filter, folding).filter(Life::isOpen).map(Life::record);
  }

  /**
   * Also of a pod that has finished; empty for one that never held anything.
   *
   * @param folding which pods have another owner than their own
   * @throws IllegalArgumentException if a field has a value that a pod may not have
   */
  public static Optional<Life<PodFacts>> life(
      JsonNode pod, LabelFilter filter, WorkloadFolding folding) {
    String node = Fields.text(Fields.object(pod, "spec"), "nodeName");
    PodTimes times = new PodTimes(pod);
    Optional<Long> since = node.isEmpty() ? Optional.empty() : times.since();
    if (since.isEmpty()) {
      return Optional.empty();
    }
    long until = times.isFinished() ? times.finished(Life.UNTOLD) : Life.OPEN;
    return Optional.of(new Life<>(read(pod, node, since.get(), filter, folding), until));
  }

  private static PodFacts read(
      JsonNode pod, String node, long since, LabelFilter filter, WorkloadFolding folding) {
    JsonNode metadata = Fields.object(pod, "metadata");
    EffectiveRequest request = EffectiveRequest.of(pod);
    Map<String, String> labels = filter.kept(metadata);
    return new PodFacts(
        Fields.text(metadata, "namespace"),
        Fields.text(metadata, "name"),
        node,
        owner(metadata, labels, folding),
        Fields.text(Fields.object(metadata, "labels"), "pod-template-hash"),
        request.cpuAndMemory(),
        request.devices(),
        FargatePod.provisioned(metadata),
        labels,
        since);
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
  public PodFacts sharing(Copies copies) {
    return new PodFacts(
        copies.same(namespace),
        name,
        copies.same(node),
        copies.same(owner),
        copies.same(templateHash),
        copies.same(request),
        copies.same(devices),
        copies.same(fargateSize),
        labels,
        since);
  }

  @Override
  public PodFacts since(long second) {
    return new PodFacts(
        namespace, name, node, owner, templateHash, request, devices, fargateSize, labels, second);
  }

  @Override
  public boolean tellsBegin() {
    return true;
  }

  @Override
  public boolean holdsAs(PodFacts other) {
    return node.equals(other.node)
        && request.equals(other.request)
        && devices.equals(other.devices);
  }
}

package io.namespend.exporter.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept of a pod until a snapshot resolves its workload.
 *
 * @param fargateSize what AWS gave it, if it runs on Fargate
 */
record PodFacts(
    String namespace,
    String name,
    String node,
    Optional<OwnerRef> owner,
    String templateHash,
    Resources request,
    Optional<Resources> fargateSize,
    Map<String, String> labels) {

  private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

  /**
   * Empty for a pod that holds nothing: not bound to a node, or finished.
   *
   * @param filter which of its labels to keep
   */
  static Optional<PodFacts> of(io.fabric8.kubernetes.api.model.Pod pod, LabelFilter filter) {
    String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
    String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    if (node == null || node.isEmpty() || (phase != null && FINISHED.contains(phase))) {
      return Optional.empty();
    }
    Map<String, String> labels = pod.getMetadata().getLabels();
    return Optional.of(
        new PodFacts(
            pod.getMetadata().getNamespace(),
            pod.getMetadata().getName(),
            node,
            OwnerRef.of(pod.getMetadata()),
            labels == null ? "" : labels.getOrDefault("pod-template-hash", ""),
            EffectiveRequest.of(pod),
            FargatePod.provisioned(pod.getMetadata().getAnnotations()),
            filter.kept(labels)));
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
        copies.same(fargateSize),
        labels);
  }
}

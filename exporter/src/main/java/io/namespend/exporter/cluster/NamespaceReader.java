package io.namespend.exporter.cluster;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes from a Kubernetes Namespace what the policy depends on. */
final class NamespaceReader {
  private static final String OURS = "namespend.io/";

  private NamespaceReader() {}

  static Namespace read(io.fabric8.kubernetes.api.model.Namespace namespace) {
    ObjectMeta metadata = namespace.getMetadata();
    Map<String, String> labels = metadata.getLabels();
    Map<String, String> annotations = metadata.getAnnotations();
    return new Namespace(
        metadata.getName(),
        labels == null ? Map.of() : labels,
        annotations == null ? Map.of() : ours(annotations));
  }

  private static Map<String, String> ours(Map<String, String> annotations) {
    return annotations.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(OURS) && entry.getValue() != null)
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}

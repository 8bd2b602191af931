package io.namespend.exporter.cluster;

import java.util.Map;

/** Takes from a Kubernetes Namespace what ownership depends on. */
final class NamespaceReader {
  private NamespaceReader() {}

  static Namespace read(io.fabric8.kubernetes.api.model.Namespace namespace) {
    Map<String, String> labels = namespace.getMetadata().getLabels();
    return new Namespace(namespace.getMetadata().getName(), labels == null ? Map.of() : labels);
  }
}

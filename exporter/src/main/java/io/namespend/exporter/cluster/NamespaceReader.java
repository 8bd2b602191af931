package io.namespend.exporter.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Takes from a Kubernetes Namespace what the policy depends on. */
final class NamespaceReader {
  private static final String OURS = "namespend.io/";

  private NamespaceReader() {}

  static Namespace read(JsonNode namespace) {
    JsonNode metadata = Fields.object(namespace, "metadata");
    Map<String, String> annotations = Fields.textsByName(metadata, "annotations");
    annotations.keySet().removeIf(key -> !key.startsWith(OURS));
    return new Namespace(
        Fields.text(metadata, "name"), Fields.textsByName(metadata, "labels"), annotations);
  }
}

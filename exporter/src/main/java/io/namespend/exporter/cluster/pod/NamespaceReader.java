package io.namespend.exporter.cluster.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.exporter.cluster.json.Fields;
import java.util.Map;

/** Takes from a Kubernetes Namespace what the policy depends on. */
public final class NamespaceReader {
  private static final String OURS = "namespend.io/";

  private NamespaceReader() {}

  public static Namespace read(JsonNode namespace) {
    JsonNode metadata = Fields.object(namespace, "metadata");
    Map<String, String> annotations = Fields.textsByName(metadata, "annotations");
    annotations.keySet().removeIf(key -> !key.startsWith(OURS));
    return new Namespace(
        Fields.text(metadata, "name"), Fields.textsByName(metadata, "labels"), annotations);
  }
}

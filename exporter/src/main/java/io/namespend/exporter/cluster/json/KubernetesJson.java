package io.namespend.exporter.cluster.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.function.Function;

/** Parses JSON of Kubernetes. */
public final class KubernetesJson {
  private KubernetesJson() {}

  /** Parses untyped JSON. Texts of tenants belong in {@link BoundedJson} first. */
  public static ObjectMapper parser() {
    // Each level of JSON is one of recursion; BoundedJson leaves fewer.
    int longestText = BoundedJson.LONGEST_TEXT + 100;
    return new ObjectMapper(
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(BoundedJson.DEEPEST + 10)
                    .maxNameLength(longestText)
                    .maxStringLength(longestText)
                    .build())
            .build());
  }

  /** Reads a value, and skips what is not kept, and what is too much. */
  public static JsonNode read(JsonParser parser, KeptFields kept) throws IOException {
    ObjectReading reading = new ObjectReading(parser);
    return reading.read(kept);
  }

  /**
   * What is kept of an object.
   *
   * @throws InvalidObjectException if it has no name, is too large, or a field has a value that its
   *     kind does not allow
   */
  public static <R> R read(JsonNode object, Kind kind, Function<JsonNode, R> toRecord) {
    try {
      requireText(object, "name");
      if (kind.isNamespaced()) {
        requireText(object, "namespace");
      }
      if (ObjectReading.isTooLarge(object)) {
        throw new IllegalArgumentException("has too many fields; an object may fill 2 MiB");
      }
      return toRecord.apply(object);
    } catch (RuntimeException e) {
      throw new InvalidObjectException(
          "\"%s\": %s".formatted(ObjectKey.of(object), e.getMessage()), e);
    }
  }

  private static void requireText(JsonNode object, String field) {
    JsonNode value = object.path("metadata").path(field);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw new IllegalArgumentException("metadata." + field + " is missing");
    }
  }
}

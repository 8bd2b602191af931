package io.namespend.exporter.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Function;

/** Parses JSON of Kubernetes. */
final class KubernetesJson {
  private static final int LONGEST_NAME = 4_000_000;

  private KubernetesJson() {}

  /**
   * A parser of untyped JSON. A field name may be as long as an object, so that none stops the
   * reading of all others.
   */
  static ObjectMapper parser() {
    return new ObjectMapper(
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNameLength(LONGEST_NAME).build())
            .build());
  }

  /** Reads a value, and skips what is not kept. */
  static JsonNode read(JsonParser parser, KeptFields kept) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        KeptFields keptOfField = kept.get(name);
        if (keptOfField == null) {
          parser.skipChildren();
        } else {
          object.set(name, read(parser, keptOfField));
        }
      }
      return object;
    }
    if (token == JsonToken.START_ARRAY) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(read(parser, kept));
      }
      return array;
    }
    return token == JsonToken.VALUE_STRING
        ? JsonNodeFactory.instance.textNode(parser.getText())
        : parser.<JsonNode>readValueAsTree();
  }

  /**
   * What is kept of an object.
   *
   * @throws InvalidObjectException if it has no name, or a field has a value that its kind does not
   *     allow
   */
  static <R> R read(JsonNode object, Kind kind, Function<JsonNode, R> toRecord) {
    try {
      requireText(object, "name");
      if (kind.isNamespaced()) {
        requireText(object, "namespace");
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

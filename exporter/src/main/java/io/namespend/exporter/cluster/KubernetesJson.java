package io.namespend.exporter.cluster;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Turns JSON of Kubernetes into its model. */
final class KubernetesJson {
  private static final int LONGEST_NAME = 4_000_000;

  private static final Set<String> UNUSED =
      Set.of(
          "managedFields",
          "images",
          "volumes",
          "volumeMounts",
          "volumesAttached",
          "volumesInUse",
          "env",
          "envFrom",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "securityContext",
          "affinity",
          "tolerations",
          "topologySpreadConstraints");

  /** Takes null for absent, as some tools write it. */
  private final ObjectMapper mapper =
      new ObjectMapper().setDefaultSetterInfo(JsonSetter.Value.construct(Nulls.SKIP, Nulls.SKIP));

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

  /**
   * Reads a value without what no cost depends on, which is most of an object. Labels may have the
   * same names, but are no structures.
   */
  static JsonNode read(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        if (parser.nextToken().isStructStart() && UNUSED.contains(name)) {
          parser.skipChildren();
        } else {
          object.set(name, read(parser));
        }
      }
      return object;
    }
    if (token == JsonToken.START_ARRAY) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(read(parser));
      }
      return array;
    }
    return token == JsonToken.VALUE_STRING
        ? JsonNodeFactory.instance.textNode(parser.getText())
        : parser.<JsonNode>readValueAsTree();
  }

  /** {@code namespace/name}, or the name alone of what has no namespace. */
  static String key(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    String namespace = metadata.path("namespace").asText();
    String name = metadata.path("name").asText();
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  static String key(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    String name = object.getMetadata().getName();
    return namespace == null || namespace.isEmpty() ? name : namespace + "/" + name;
  }

  /**
   * What is kept of an object.
   *
   * @throws InvalidObjectException if it has no name, or a field has a value that its kind does not
   *     allow
   */
  <T extends HasMetadata, R> Optional<R> read(
      JsonNode object, Class<T> type, boolean namespaced, Function<T, Optional<R>> toRecord)
      throws InvalidObjectException {
    try {
      requireText(object, "name");
      if (namespaced) {
        requireText(object, "namespace");
      }
      return toRecord.apply(mapper.treeToValue(object, type));
    } catch (JsonProcessingException e) {
      throw new InvalidObjectException(
          "\"%s\": %s".formatted(key(object), e.getOriginalMessage()), e);
    } catch (RuntimeException e) {
      throw new InvalidObjectException("\"%s\": %s".formatted(key(object), e.getMessage()), e);
    }
  }

  private static void requireText(JsonNode object, String field) {
    JsonNode value = object.path("metadata").path(field);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw new IllegalArgumentException("metadata." + field + " is missing");
    }
  }
}

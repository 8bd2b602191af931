package io.namespend.testbed.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * JSON schemas for kubeconform, one file a kind, from what Kubernetes and the CRDs publish. Unknown
 * keys are errors, as {@code kubectl --validate=strict} has it.
 */
final class Schemas {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String DEFINITIONS = "#/definitions/";

  private final Path folder;

  /**
   * @param folder gets the schemas
   */
  Schemas(Path folder) {
    this.folder = folder;
  }

  /** Where kubeconform looks for the schema of an object. */
  String location() {
    return folder + "/{{ .ResourceKind }}{{ .KindSuffix }}.json";
  }

  /**
   * Every kind of a Kubernetes release.
   *
   * @param openApi {@code api/openapi-spec/swagger.json} of the release
   */
  void addKubernetes(Path openApi) throws IOException {
    ObjectNode definitions =
        (ObjectNode) JSON.readTree(openApi.toFile()).path("definitions").deepCopy();
    definitions.forEach(Schemas::close);
    alternatives(definitions, "io.k8s.apimachinery.pkg.util.intstr.IntOrString", "integer");
    alternatives(definitions, "io.k8s.apimachinery.pkg.api.resource.Quantity", "number");
    JSON.writeValue(
        Files.createDirectories(folder).resolve("definitions.json").toFile(),
        JSON.createObjectNode().set("definitions", definitions));
    for (var definition : definitions.properties()) {
      JsonNode kinds = definition.getValue().path("x-kubernetes-group-version-kind");
      if (kinds.size() == 1) {
        JsonNode kind = kinds.get(0);
        write(
            kind.path("kind").asText(),
            kind.path("group").asText(),
            kind.path("version").asText(),
            JSON.createObjectNode()
                .put("$ref", "definitions.json" + DEFINITIONS + definition.getKey()));
      }
    }
  }

  private static void alternatives(ObjectNode definitions, String name, String other) {
    ArrayNode types = ((ObjectNode) definitions.path(name)).putArray("type");
    types.add("string").add(other);
  }

  /** The kind of a CustomResourceDefinition, in all its versions. */
  void addCustom(Path file) throws IOException {
    for (JsonNode crd : Manifests.objects(Files.readString(file))) {
      JsonNode spec = crd.path("spec");
      for (JsonNode version : spec.path("versions")) {
        JsonNode schema = version.at("/schema/openAPIV3Schema");
        close(schema);
        ((ObjectNode) schema.path("properties")).set("metadata", metadata());
        write(
            spec.at("/names/kind").asText(),
            spec.path("group").asText(),
            version.path("name").asText(),
            schema);
      }
    }
  }

  private static JsonNode metadata() {
    return JSON.createObjectNode()
        .put(
            "$ref",
            "definitions.json" + DEFINITIONS + "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
  }

  /** Makes unknown keys errors, wherever keys are listed. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode node
        && node.path("properties").isObject()
        && !node.has("additionalProperties")
        && !node.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      node.put("additionalProperties", false);
    }
    schema.forEach(Schemas::close);
  }

  private void write(String kind, String group, String version, JsonNode schema)
      throws IOException {
    String name =
        Stream.of(kind.toLowerCase(Locale.ROOT), List.of(group.split("\\.")).get(0), version)
            .filter(part -> !part.isEmpty())
            .reduce((left, right) -> left + "-" + right)
            .orElseThrow();
    JSON.writeValue(folder.resolve(name + ".json").toFile(), schema);
  }
}

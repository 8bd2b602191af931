package io.namespend.testbed.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * An object that makes pods.
 *
 * @param template of its pods
 */
record Workload(JsonNode object, JsonNode template) {
  static List<Workload> among(List<JsonNode> objects) {
    return objects.stream().flatMap(Workload::of).toList();
  }

  private static Stream<Workload> of(JsonNode object) {
    JsonNode template =
        object.path("kind").asText().equals("CronJob")
            ? object.at("/spec/jobTemplate/spec/template")
            : object.at("/spec/template");
    return template.isObject() ? Stream.of(new Workload(object, template)) : Stream.empty();
  }

  JsonNode pod() {
    return template.path("spec");
  }

  JsonNode container() {
    if (pod().path("containers").size() != 1) {
      throw new AssertionError(this + " has not one container");
    }
    return pod().at("/containers/0");
  }

  /** Where owners must stand: the object, its pods, and a CronJob's Jobs. */
  List<JsonNode> labels() {
    JsonNode job = object.at("/spec/jobTemplate");
    return Stream.of(object, job, template)
        .filter(JsonNode::isObject)
        .map(node -> node.at("/metadata/labels"))
        .toList();
  }

  @Override
  public String toString() {
    return Manifests.name(object);
  }
}

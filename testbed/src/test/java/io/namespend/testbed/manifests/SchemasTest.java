package io.namespend.testbed.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All objects against the schemas of Kubernetes releases and of the Prometheus Operator, by the
 * real kubeconform. {@code ./check} gets both where there is Go.
 */
@Tag("rules")
class SchemasTest {
  private static final Path SOURCES = Path.of("../.tools/schemas");

  @TempDir private Path folder;

  @BeforeEach
  void needsKubeconform() {
    assumeTrue(
        Tools.onPath("kubeconform").isPresent() && Files.exists(SOURCES),
        "no kubeconform or no schemas: install Go and run ./check");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.34.4", "v1.36.3"})
  void everyObjectIsValid(String kubernetes) throws IOException {
    List<JsonNode> objects = new ArrayList<>(Manifests.base(Manifests.components()));
    Manifests.overlays().forEach(name -> objects.addAll(Manifests.overlay(name)));

    Output output = validate(objects, schemas(kubernetes));

    assertThat(output.exit()).as(output.out() + output.err()).isZero();
    assertThat(output.out()).contains("Valid: " + objects.size() + ",", "Skipped: 0");
  }

  /** That the schemas can fail: of a kind of Kubernetes and of one of the operator. */
  @ParameterizedTest
  @ValueSource(strings = {"Deployment", "CronJob", "PrometheusRule", "ServiceMonitor"})
  void anUnknownKeyIsFound(String kind) throws IOException {
    JsonNode object = Manifests.ofKind(Manifests.overlay("small"), kind).get(0).deepCopy();
    ((ObjectNode) object.path("spec")).put("replicsa", 1);

    Output output = validate(List.of(object), schemas("v1.34.4"));

    assertThat(output.exit()).isNotZero();
    assertThat(output.out()).contains("replicsa");
  }

  private Schemas schemas(String kubernetes) throws IOException {
    Schemas schemas = new Schemas(folder.resolve(kubernetes));
    schemas.addKubernetes(SOURCES.resolve("kubernetes-" + kubernetes + ".json"));
    schemas.addCustom(SOURCES.resolve("crds"));
    return schemas;
  }

  private Output validate(List<JsonNode> objects, Schemas schemas) throws IOException {
    Path file = folder.resolve("objects.yaml");
    Files.writeString(
        file, objects.stream().map(JsonNode::toString).collect(Collectors.joining("\n---\n")));
    return Output.of(
        Stream.of(
                Tools.onPath("kubeconform").orElseThrow(),
                "-strict",
                "-summary",
                "-schema-location",
                schemas.location(),
                file)
            .map(Object::toString)
            .toList());
  }
}

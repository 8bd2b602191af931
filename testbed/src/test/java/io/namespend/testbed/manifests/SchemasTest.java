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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All objects against the schemas of Kubernetes releases, of the Prometheus Operator and of
 * Kyverno, by the real kubeconform. {@code ./check} gets all of them where there is Go.
 */
@Tag("rules")
class SchemasTest {
  private static final Path SOURCES = Path.of("../.tools/schemas");
  private static final List<String> OPERATOR =
      List.of("crds/prometheusrules", "crds/servicemonitors");
  private static final List<String> KYVERNO =
      List.of("kyverno/validatingpolicies", "kyverno/mutatingpolicies", "kyverno/clusterpolicies");

  /** Made once: those of Kubernetes are thousands. */
  private static final Map<String, Schemas> MADE = new HashMap<>();

  @TempDir private static Path folder;

  @BeforeEach
  void needsKubeconform() {
    assumeTrue(
        Tools.onPath("kubeconform").isPresent(), "no kubeconform: install Go and run ./check");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.34.4", "v1.36.3"})
  void everyObjectIsValid(String kubernetes) throws IOException {
    List<JsonNode> objects = new ArrayList<>(Manifests.base(Manifests.components()));
    Manifests.overlays().forEach(name -> objects.addAll(Manifests.overlay(name)));

    areValid(objects, schemas(kubernetes, OPERATOR));
  }

  /** Both flavours, as they report and as they refuse, with the list of cost centers. */
  @ParameterizedTest
  @ValueSource(strings = {"v1.34.4", "v1.36.3"})
  void everyKyvernoPolicyIsValid(String kubernetes) throws IOException {
    Schemas schemas = schemas(kubernetes, KYVERNO);
    List<JsonNode> objects = new ArrayList<>(Manifests.costCenters());
    Manifests.policySets().forEach(name -> objects.addAll(Manifests.policies(name)));

    assertThat(objects)
        .extracting(object -> object.path("kind").asText())
        .contains("ConfigMap", "ValidatingPolicy", "MutatingPolicy", "ClusterPolicy");
    areValid(objects, schemas);
  }

  /** That the schemas can fail: those of Kubernetes, of the operator and of Kyverno. */
  @ParameterizedTest
  @CsvSource({
    "Deployment, /spec",
    "CronJob, /spec",
    "PrometheusRule, /spec",
    "ServiceMonitor, /spec",
    "ValidatingPolicy, /spec/validations/0",
    "MutatingPolicy, /spec/mutations/0",
    "ClusterPolicy, /spec/rules/0"
  })
  void anUnknownKeyIsFound(String kind, String place) throws IOException {
    Schemas schemas = schemas("v1.34.4", kind.endsWith("Policy") ? KYVERNO : OPERATOR);
    JsonNode object =
        Stream.of(
                Manifests.overlay("small"),
                Manifests.policies("cel"),
                Manifests.policies("clusterpolicy"))
            .flatMap(objects -> Manifests.ofKind(objects, kind).stream())
            .findFirst()
            .orElseThrow()
            .deepCopy();
    ((ObjectNode) object.at(place)).put("replicsa", 1);

    Output output = validate(List.of(object), schemas);

    assertThat(output.exit()).isNotZero();
    assertThat(output.out()).contains("replicsa");
  }

  /** Skips the test where a schema could not be had. */
  private Schemas schemas(String kubernetes, List<String> definitions) throws IOException {
    Path openApi = SOURCES.resolve("kubernetes-" + kubernetes + ".json");
    List<Path> crds = definitions.stream().map(name -> SOURCES.resolve(name + ".yaml")).toList();
    needs(openApi);
    crds.forEach(SchemasTest::needs);
    Schemas made = MADE.get(kubernetes + definitions);
    if (made != null) {
      return made;
    }
    Schemas schemas = new Schemas(folder.resolve("schemas-" + MADE.size()));
    schemas.addKubernetes(openApi);
    for (Path crd : crds) {
      schemas.addCustom(crd);
    }
    MADE.put(kubernetes + definitions, schemas);
    return schemas;
  }

  private static void needs(Path schema) {
    assumeTrue(Files.exists(schema), "no " + schema + ": ./check gets it where there is Go");
  }

  private void areValid(List<JsonNode> objects, Schemas schemas) throws IOException {
    Output output = validate(objects, schemas);

    assertThat(output.exit()).as(output.out() + output.err()).isZero();
    assertThat(output.out()).contains("Valid: " + objects.size() + ",", "Skipped: 0");
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

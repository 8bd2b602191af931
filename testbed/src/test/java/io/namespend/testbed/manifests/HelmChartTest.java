package io.namespend.testbed.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.testbed.process.Tools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart, rendered by the real Helm, makes what kustomize makes. */
@Tag("rules")
class HelmChartTest {
  private static final Path CHART = Path.of("../charts/namespend");

  @BeforeEach
  void needsHelm() {
    assumeTrue(
        Tools.onPath("helm").isPresent(), "no helm on the PATH: BUILD_HELM=1 ./check builds it");
  }

  static Stream<Arguments> settings() {
    String operator = "prometheusOperator.enabled";
    String plain = "plainPrometheus.enabled";
    return Stream.of(
        arguments("overlay small", List.of(), List.of(), Manifests.overlay("small")),
        arguments(
            "overlay production",
            List.of("--values=" + CHART.resolve("values-production.yaml")),
            List.of(),
            Manifests.overlay("production")),
        arguments(
            "plain Prometheus",
            List.of(),
            List.of(operator + "=false", plain + "=true"),
            Manifests.base(List.of("plain-prometheus", "grafana-sidecar", "network-policy"))),
        arguments(
            "TLS, a role of AWS and a key of Google",
            List.of(),
            List.of(
                "exporter.tlsSecret=namespend-exporter-tls",
                "exporter.gcpKeySecret=namespend-gcp",
                "exporter.serviceAccountAnnotations.eks\\.amazonaws\\.com/role-arn="
                    + "arn:aws:iam::111122223333:role/namespend-prices"),
            Manifests.base(
                List.of(
                    "kube-prometheus-stack",
                    "grafana-sidecar",
                    "network-policy",
                    "tls",
                    "aws-prices",
                    "gcp-prices"))),
        arguments(
            "Workload Identity of Google",
            List.of(),
            List.of(
                operator + "=false",
                "exporter.serviceAccountAnnotations.iam\\.gke\\.io/gcp-service-account="
                    + "namespend-prices@my-project.iam.gserviceaccount.com"),
            Manifests.base(List.of("grafana-sidecar", "network-policy", "gcp-workload-identity"))),
        arguments(
            "nothing optional",
            List.of(),
            List.of(
                operator + "=false", "grafanaSidecar.enabled=false", "networkPolicy.enabled=false"),
            Manifests.base(List.of())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void theChartMakesWhatKustomizeMakes(
      String name, List<String> options, List<String> values, List<JsonNode> expected) {
    Map<String, JsonNode> manifests = byName(expected);
    manifests.remove("Namespace/namespend");

    Map<String, JsonNode> chart = byName(render(options, values));

    assertThat(chart.keySet()).isEqualTo(manifests.keySet());
    chart.forEach(
        (object, content) -> assertThat(content).as(object).isEqualTo(manifests.get(object)));
  }

  private static List<JsonNode> render(List<String> options, List<String> values) {
    List<String> command = new ArrayList<>();
    command.add(Tools.onPath("helm").orElseThrow().toString());
    command.addAll(List.of("template", "namespend", CHART.toString(), "--namespace=namespend"));
    // A Helm of `go install` takes the cluster to be of an old version.
    command.add("--kube-version=1.34.0");
    command.addAll(options);
    values.forEach(value -> command.add("--set=" + value));
    Output output = Output.of(command);
    assertThat(output.exit()).as(output.err()).isZero();
    return Manifests.objects(output.out());
  }

  private static Map<String, JsonNode> byName(List<JsonNode> objects) {
    return objects.stream()
        .collect(
            Collectors.toMap(
                Manifests::name,
                Function.identity(),
                (one, two) -> {
                  throw new AssertionError("twice: " + one);
                },
                TreeMap::new));
  }
}

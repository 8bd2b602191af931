package io.namespend.testbed.manifests;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.nio.file.Files;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart, rendered by the real Helm, makes what kustomize makes. */
@Tag("rules")
class HelmChartTest {
  private static final Path CHART = Path.of("../charts/namespend");
  private static final List<String> HELMS_LABELS =
      List.of(
          "helm.sh/chart",
          "app.kubernetes.io/instance",
          "app.kubernetes.io/version",
          "app.kubernetes.io/managed-by");

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
            List.of(operator + "=false", plain + "=true", "networkPolicy.enabled=true"),
            Manifests.base(List.of("plain-prometheus", "grafana-sidecar", "network-policy"))),
        arguments(
            "TLS, a role of AWS and a key of Google",
            List.of(),
            List.of(
                "exporter.tlsSecret=namespend-exporter-tls",
                "exporter.gcpKeySecret=namespend-gcp",
                "exporter.serviceAccount.annotations.eks\\.amazonaws\\.com/role-arn="
                    + "arn:aws:iam::111122223333:role/namespend-prices"),
            Manifests.base(
                List.of(
                    "kube-prometheus-stack",
                    "grafana-sidecar",
                    "tls",
                    "aws-prices",
                    "gcp-prices"))),
        arguments(
            "Workload Identity of Google",
            List.of(),
            List.of(
                operator + "=false",
                "exporter.serviceAccount.annotations.iam\\.gke\\.io/gcp-service-account="
                    + "namespend-prices@my-project.iam.gserviceaccount.com"),
            Manifests.base(List.of("grafana-sidecar", "gcp-workload-identity"))),
        arguments(
            "the monthly statement, and a folder for it",
            List.of(),
            List.of(
                "reporter.statement.enabled=true", "reporter.statement.persistence.enabled=true"),
            Manifests.base(
                List.of(
                    "kube-prometheus-stack",
                    "grafana-sidecar",
                    "monthly-statement",
                    "statement-folder"))),
        arguments(
            "nothing optional",
            List.of(),
            List.of(operator + "=false", "grafanaSidecar.enabled=false"),
            Manifests.base(List.of())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void theChartMakesWhatKustomizeMakes(
      String name, List<String> options, List<String> values, List<JsonNode> expected) {
    Map<String, JsonNode> manifests = byName(expected);
    manifests.remove("Namespace/namespend");

    Map<String, JsonNode> chart = byName(render("namespend", options, values));

    assertThat(chart.keySet()).isEqualTo(manifests.keySet());
    chart.forEach(
        (object, content) ->
            assertThat(withoutHelmsLabels(content)).as(object).isEqualTo(manifests.get(object)));
  }

  @Test
  void namesFollowTheRelease() {
    List<JsonNode> objects = render("costs", List.of(), List.of("networkPolicy.enabled=true"));

    assertThat(objects)
        .extracting(object -> object.at("/metadata/name").asText())
        .allMatch(name -> name.startsWith("costs-namespend-"));
    assertThat(text(objects)).doesNotContain("\"name\":\"namespend-exporter\"");
    assertThat(render("namespend-eu", List.of(), List.of("fullnameOverride=ns")))
        .extracting(object -> object.at("/metadata/name").asText())
        .allMatch(name -> name.startsWith("ns-"));
  }

  @Test
  void everyObjectIsInTheNamespaceThatIsAsked() {
    assertThat(render("namespend", List.of(), List.of("namespaceOverride=costs")))
        .filteredOn(object -> !object.path("kind").asText().startsWith("ClusterRole"))
        .allSatisfy(
            object ->
                assertThat(object.at("/metadata/namespace").asText())
                    .as(Manifests.name(object))
                    .isEqualTo("costs"));
  }

  @Test
  void whatIsSetArrives() {
    List<JsonNode> objects =
        render(
            "namespend",
            List.of("--values=src/test/resources/manifests/chart-values.yaml"),
            List.of());
    Map<String, JsonNode> chart = byName(objects);
    JsonNode exporter = requireNonNull(chart.get("Deployment/namespend-exporter"));
    JsonNode pod = exporter.at("/spec/template/spec");
    JsonNode container = pod.at("/containers/0");
    JsonNode digest = requireNonNull(chart.get("CronJob/namespend-weekly"));

    assertThat(container.path("image").asText())
        .isEqualTo("registry.example.com/namespend/exporter@sha256:" + "a".repeat(64));
    assertThat(digest.at("/spec/jobTemplate/spec/template/spec/containers/0/image").asText())
        .isEqualTo("registry.example.com/namespend/reporter:1.2.3");
    assertThat(pod.at("/imagePullSecrets/0/name").asText()).isEqualTo("pull");
    assertThat(pod.path("serviceAccountName").asText()).isEqualTo("mine");
    assertThat(pod.has("securityContext")).as("restricted-v2 sets it").isFalse();
    assertThat(container.has("securityContext")).isFalse();
    assertThat(pod.at("/tolerations/0/key").asText()).isEqualTo("infra");
    assertThat(pod.path("priorityClassName").asText()).isEqualTo("system-cluster-critical");
    assertThat(container.path("args").toString()).contains("--no-pod-series");
    assertThat(container.path("env").toString()).contains("HTTPS_PROXY");
    assertThat(container.path("envFrom").toString()).contains("cloud");
    assertThat(container.path("volumeMounts").toString()).contains("/var/cache/namespend", "/ca");
    assertThat(pod.path("volumes").toString()).contains("\"claimName\":\"prices\"", "company-ca");
    assertThat(chart.keySet())
        .doesNotContain("ServiceAccount/mine", "ConfigMap/namespend-reporter")
        .contains("ServiceAccount/namespend-reporter");
    assertThat(requireNonNull(chart.get("ConfigMap/namespend-policy")).path("data").toString())
        .contains("prices.csv");
    JsonNode monitor = requireNonNull(chart.get("ServiceMonitor/namespend-exporter"));
    assertThat(monitor.at("/spec/endpoints/0/interval").asText()).isEqualTo("30s");
    assertThat(monitor.at("/spec/endpoints/0/relabelings/3/targetLabel").asText())
        .isEqualTo("cluster");
    String settings = requireNonNull(chart.get("PrometheusRule/namespend-settings")).toString();
    assertThat(settings)
        .contains("\"grafana\":\"https://grafana.example.com\"")
        .contains("{\"expr\":\"vector(0.97)\",\"labels\":{\"threshold\":\"coverage\"}");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "exporter.image=a/b:1           | exporter",
        "exporter.image.repositry=a     | repositry",
        "exporter.replicas=two          | replicas",
        "exporter.replicas=0            | replicas",
        "exporter.image.digest=abc      | digest",
        "exporter.extraArgs=--x         | extraArgs",
        "reporter.shedule=daily         | shedule",
        "reporter.statement.enable=true | enable",
        "reporter.statement.persistence.size=large | size",
        "networkPolicy.enabled=maybe    | enabled",
        "grafana=https://x              | grafana",
        "alerts.grafana=grafana.example | grafana",
        "alerts.thresholds.cover=1      | alerts.thresholds.cover is not a threshold: ",
        "exporter.priceFiles.policy\\.yaml=x | policy.yaml",
        "prometheusOperator.serviceMonitor.interval=fast | interval",
      })
  void whatIsWrongIsAnErrorThatNamesIt(String value, String named) {
    Output output = template("namespend", List.of(), List.of(value));

    assertThat(output.exit()).isNotZero();
    assertThat(output.err()).contains(named);
  }

  @Test
  void whatExcludesEachOtherIsAnError() {
    Output output =
        template(
            "namespend",
            List.of(),
            List.of("exporter.policy=pools: []", "exporter.existingConfigMap=mine"));

    assertThat(output.exit()).isNotZero();
    assertThat(output.err())
        .contains("exporter.policy and exporter.existingConfigMap are both set");
  }

  @Test
  void passesHelmsOwnCheck() {
    Output output = Output.of(List.of(helm(), "lint", "--strict", CHART.toString()));

    assertThat(output.exit()).as(output.out() + output.err()).isZero();
  }

  /** The table of values, by helm-docs, which reads the comments of values.yaml. */
  @Test
  void theReadmeSaysWhatCanBeSet() throws IOException {
    Path program =
        Tools.onPath("helm-docs")
            .orElseGet(() -> abort("no helm-docs on the PATH: BUILD_HELM=1 ./check builds it"));

    Output made =
        Output.of(
            List.of(
                program.toString(), "--dry-run", "--chart-search-root=" + CHART.toAbsolutePath()));

    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(made.out().strip())
        .as("run charts/generate")
        .isEqualTo(Files.readString(CHART.resolve("README.md")).strip());
  }

  private static List<JsonNode> render(String release, List<String> options, List<String> values) {
    Output output = template(release, options, values);
    assertThat(output.exit()).as(output.err()).isZero();
    return Manifests.objects(output.out());
  }

  private static Output template(String release, List<String> options, List<String> values) {
    List<String> command = new ArrayList<>();
    command.add(helm());
    command.addAll(List.of("template", release, CHART.toString(), "--namespace=namespend"));
    command.add("--skip-tests");
    // A Helm of `go install` takes the cluster to be of an old version.
    command.add("--kube-version=1.34.0");
    command.addAll(options);
    values.forEach(value -> command.add("--set=" + value));
    return Output.of(command);
  }

  private static String helm() {
    return Tools.onPath("helm").orElseThrow().toString();
  }

  private static String text(List<JsonNode> objects) {
    return objects.stream().map(JsonNode::toString).collect(Collectors.joining("\n"));
  }

  /** Without the labels that every chart sets and kustomize has no words for. */
  private static JsonNode withoutHelmsLabels(JsonNode object) {
    for (JsonNode parent : object.findParents("app.kubernetes.io/instance")) {
      ((ObjectNode) parent).remove(HELMS_LABELS);
    }
    for (JsonNode metadata : object.findParents("annotations")) {
      ObjectNode annotations = (ObjectNode) metadata.path("annotations");
      if (annotations.remove("helm.sh/resource-policy") != null && annotations.isEmpty()) {
        ((ObjectNode) metadata).remove("annotations");
      }
    }
    return object;
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

package io.namespend.testbed.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.rules.RuleManifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests, built by the real kustomize. */
@Tag("rules")
class ManifestsTest {
  /** Of what etcd takes by default, half is left for what the API server adds. */
  private static final int LARGEST_OBJECT = 768 * 1024;

  @TempDir private Path folder;

  static List<String> overlays() {
    return Manifests.overlays();
  }

  static List<String> components() {
    return Manifests.components();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void anOverlayHasWhatRuns(String overlay) {
    assertThat(Manifests.overlay(overlay))
        .extracting(Manifests::name)
        .contains("Deployment/namespend-exporter", "CronJob/namespend-weekly")
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("components")
  void aComponentGoesOntoTheBaseAlone(String component) {
    List<JsonNode> base = Manifests.base(List.of());

    assertThat(Manifests.base(List.of(component))).isNotEqualTo(base);
  }

  @Test
  void allComponentsGoTogether() {
    assertThat(Manifests.base(Manifests.components()))
        .extracting(Manifests::name)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void theNamespaceIsWhatTheUserNames(String overlay) {
    List<JsonNode> objects = Manifests.overlay(overlay, "elsewhere");

    assertThat(objects)
        .flatExtracting(object -> object.findValuesAsText("namespace"))
        .isNotEmpty()
        .containsOnly("elsewhere");
    assertThat(Manifests.ofKind(objects, "Namespace"))
        .allMatch(object -> object.at("/metadata/name").asText().equals("elsewhere"));
    assertThat(objects)
        .flatExtracting(object -> object.path("subjects").findValuesAsText("kind"))
        .hasSize(subjectsWithNamespace(objects));
  }

  private static int subjectsWithNamespace(List<JsonNode> objects) {
    return objects.stream()
        .mapToInt(object -> object.path("subjects").findValues("namespace").size())
        .sum();
  }

  @Test
  void kubePrometheusStackFindsRulesAndMonitors() {
    List<JsonNode> objects = Manifests.base(List.of("kube-prometheus-stack"));
    List<JsonNode> selected =
        Stream.of("PrometheusRule", "ServiceMonitor")
            .flatMap(kind -> Manifests.ofKind(objects, kind).stream())
            .toList();

    assertThat(selected).hasSizeGreaterThan(1);
    assertThat(selected).allMatch(object -> object.at("/metadata/labels/release").isTextual());
  }

  @Test
  void plainPrometheusGetsTheSameRules() throws IOException {
    Path expected = folder.resolve("expected");
    List<Path> files = new RuleManifests(Path.of("../alert-rules")).writeRuleFiles(expected);
    JsonNode map =
        Manifests.one(Manifests.base(List.of("plain-prometheus")), "ConfigMap/namespend-rules");

    assertThat(map.path("data")).hasSize(files.size());
    for (Path file : files) {
      String name = file.getFileName().toString();
      assertThat(Manifests.objects(map.path("data").path(name).asText()))
          .as("%s: run manifests/components/plain-prometheus/generate", name)
          .isEqualTo(Manifests.objects(Files.readString(file)));
    }
  }

  @Test
  void everyRuleFileAndDashboardIsInstalled() throws IOException {
    List<JsonNode> objects = Manifests.base(List.of("kube-prometheus-stack", "grafana-sidecar"));

    assertThat(Manifests.ofKind(objects, "PrometheusRule"))
        .hasSameSizeAs(files(Path.of("../alert-rules"), ".yaml"));
    assertThat(
            Manifests.ofKind(objects, "ConfigMap").stream()
                .filter(map -> map.at("/metadata/labels/grafana_dashboard").asText().equals("1"))
                .flatMap(map -> map.path("data").properties().stream())
                .map(Map.Entry::getKey))
        .containsExactlyInAnyOrderElementsOf(files(Path.of("../dashboards"), ".json"));
  }

  private static List<String> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .toList();
    }
  }

  @Test
  void noObjectIsTooLargeForEtcd() {
    assertThat(Manifests.base(Manifests.components()))
        .allSatisfy(
            object ->
                assertThat(object.toString().length())
                    .as(Manifests.name(object))
                    .isLessThan(LARGEST_OBJECT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"images:", "components:"})
  void theKustomizationsOfTheInstallPageBuild(String key) throws IOException {
    String page = Files.readString(Path.of("../docs/install.md")).replaceAll("(?m)^   ", "");
    String text =
        Pattern.compile("(?s)```yaml\n(.*?)```")
            .matcher(page)
            .results()
            .map(block -> block.group(1))
            .filter(block -> block.contains("\n" + key) && block.contains("namespend/manifests/"))
            .findFirst()
            .orElseThrow();

    Path policy = Path.of("../exporter/examples/policy.yaml");
    Path reporter = Manifests.FOLDER.resolve("base/reporter/reporter.yaml");
    List<JsonNode> objects =
        Manifests.asWritten(
            "install-page-" + key.replace(":", ""),
            text,
            Map.of("policy.yaml", policy, "reporter.yaml", reporter));

    assertThat(objects)
        .extracting(Manifests::name)
        .contains("Deployment/namespend-exporter", "Namespace/namespend");
    if (text.contains("images:")) {
      assertThat(objects.toString()).contains("registry.example.com/namespend/exporter:0.1.0");
      assertThat(
              Manifests.one(objects, "ConfigMap/namespend-policy").at("/data/policy.yaml").asText())
          .isEqualTo(Files.readString(policy));
    }
  }

  /** With the job of the component that it reads. */
  @Test
  void theDemosPrometheusIsConfigured() throws IOException {
    List<JsonNode> demo = Manifests.overlay("demo");
    ObjectNode config = (ObjectNode) content(demo, "ConfigMap/prometheus", "prometheus.yml");
    ArrayNode jobs = config.withArray("scrape_configs");
    jobs.addAll(
        (ArrayNode)
            content(demo, "ConfigMap/namespend-scrape", "scrape.yaml").path("scrape_configs"));
    // Debian's promtool knows neither: it is 2.42, and built without discovery.
    assertThat(config.remove("scrape_config_files").toString()).contains("/etc/namespend/scrape/");
    jobs.forEach(job -> ((ObjectNode) job).remove("kubernetes_sd_configs"));
    Path token = Files.writeString(folder.resolve("token"), "x");
    Path file =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            config.toString().replaceAll("/var/run/secrets/[\\w/.]*token", token.toString()));
    String promtool = Tools.onPath("promtool").orElseThrow().toString();

    Output checked = Output.of(List.of(promtool, "check", "config", file.toString()));

    assertThat(checked.exit()).as(checked.out() + checked.err()).isZero();
  }

  private static JsonNode content(List<JsonNode> objects, String map, String key) {
    return Manifests.objects(Manifests.one(objects, map).path("data").path(key).asText()).get(0);
  }

  /** The table of docs/install.md says what the exporter needs, and why. */
  @Test
  void theExporterMayDoWhatTheTableSays() throws IOException {
    JsonNode role = Manifests.one(Manifests.base(List.of()), "ClusterRole/namespend-exporter");
    Set<String> granted = new TreeSet<>();
    for (JsonNode rule : role.path("rules")) {
      assertThat(rule.path("verbs")).extracting(JsonNode::asText).containsExactly("list", "watch");
      assertThat(rule.path("apiGroups")).hasSize(1);
      rule.path("resources")
          .forEach(name -> granted.add(rule.at("/apiGroups/0").asText() + "/" + name.asText()));
    }
    Set<String> documented =
        Pattern.compile("(?m)^\\| `\"?([a-z0-9.]*)\"?` \\| (`[^|]+) \\|")
            .matcher(Files.readString(Path.of("../docs/install.md")))
            .results()
            .flatMap(
                row ->
                    Stream.of(row.group(2).split(","))
                        .map(name -> row.group(1) + "/" + name.replace("`", "").strip()))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(granted).isEqualTo(documented);
  }
}

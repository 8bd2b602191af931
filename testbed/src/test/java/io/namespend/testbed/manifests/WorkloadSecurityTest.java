package io.namespend.testbed.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every workload must be, and may do. */
@Tag("rules")
class WorkloadSecurityTest {
  /** As ConfigMapLog of the reporter has them. */
  private static final int DELIVERY_LOGS = 32;

  /** What the restricted profile of Pod Security allows, and we need. */
  private static final Set<String> VOLUMES =
      Set.of("configMap", "secret", "persistentVolumeClaim", "emptyDir", "projected");

  private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+)m");

  /** The JVM beside its heap: code, classes, threads, buffers. */
  private static final int BESIDE_HEAP_MI = 64;

  /** Every overlay, and the base with all components at once. */
  private static Map<String, List<JsonNode>> sets() {
    Map<String, List<JsonNode>> sets = new TreeMap<>();
    Manifests.overlays().forEach(name -> sets.put(name, Manifests.overlay(name)));
    sets.put("all components", Manifests.base(Manifests.components()));
    return sets;
  }

  static Stream<Arguments> workloads() {
    return sets().entrySet().stream()
        .flatMap(
            set ->
                Workload.among(set.getValue()).stream()
                    .map(workload -> arguments(set.getKey(), workload)));
  }

  static Stream<Arguments> roles() {
    return sets().entrySet().stream()
        .flatMap(
            set ->
                Stream.of("Role", "ClusterRole")
                    .flatMap(kind -> Manifests.ofKind(set.getValue(), kind).stream())
                    .map(role -> arguments(set.getKey(), Manifests.name(role), role)));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void runsRestricted(String set, Workload workload) {
    JsonNode pod = workload.pod().path("securityContext");
    JsonNode container = workload.container().path("securityContext");

    assertThat(pod.path("runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.path("runAsUser").asInt()).isGreaterThan(9999);
    assertThat(pod.path("runAsGroup").asInt()).isGreaterThan(9999);
    assertThat(pod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.path("capabilities").toString()).isEqualTo("{\"drop\":[\"ALL\"]}");
    assertThat(container.path("privileged").asBoolean()).isFalse();
    assertThat(workload.pod().has("initContainers")).isFalse();
    assertThat(Set.of("hostNetwork", "hostPID", "hostIPC")).noneMatch(workload.pod()::has);
    for (JsonNode volume : workload.pod().path("volumes")) {
      assertThat(VOLUMES).filteredOn(volume::has).hasSize(1);
      assertThat(volume).hasSize(2);
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void asksForWhatItNeeds(String set, Workload workload) {
    JsonNode resources = workload.container().path("resources");

    assertThat(resources.at("/requests/cpu").asText()).matches("\\d+m");
    assertThat(resources.at("/requests/memory").asText()).matches("\\d+Mi");
    assertThat(resources.at("/limits/memory")).isEqualTo(resources.at("/requests/memory"));
    Matcher heap = HEAP.matcher(workload.container().path("env").toString());
    if (heap.find()) {
      int limit = Integer.parseInt(resources.at("/limits/memory").asText().replace("Mi", ""));
      assertThat(Integer.parseInt(heap.group(1))).isLessThanOrEqualTo(limit - BESIDE_HEAP_MI);
    } else {
      assertThat(workload.container().path("image").asText()).doesNotStartWith("namespend/");
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void isAskedForItsHealth(String set, Workload workload) {
    JsonNode container = workload.container();

    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      assertThat(container.has(probe)).as(probe).isEqualTo(container.has("ports"));
      if (container.has(probe)) {
        assertThat(container.at("/ports").findValuesAsText("name"))
            .contains(container.path(probe).at("/httpGet/port").asText());
      }
    }
  }

  /** A thread that ended for lack of memory leaves figures that grow old in silence. */
  @ParameterizedTest
  @MethodSource("workloads")
  void endsWithoutMemory(String set, Workload workload) {
    if (workload.container().path("image").asText().startsWith("namespend/")) {
      assertThat(workload.container().path("env").toString())
          .contains("-XX:+ExitOnOutOfMemoryError");
    }
  }

  /** Whoever uses up the port of the metrics must not have the kubelet end the exporter. */
  @ParameterizedTest
  @MethodSource("workloads")
  void isProbedOnAPortThatNobodyElseReaches(String set, Workload workload) {
    JsonNode container = workload.container();
    if (container.path("image").asText().startsWith("namespend/exporter")) {
      for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
        assertThat(container.path(probe).at("/httpGet/port").asText()).isEqualTo("health");
        assertThat(container.path(probe).at("/httpGet").has("scheme")).isFalse();
      }
      assertThat(container.path("args").toString()).contains("--health-port=10041");
      assertThat(container.path("ports").toString())
          .contains("{\"containerPort\":10041,\"name\":\"health\"}");
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void hasAnOwner(String set, Workload workload) {
    assertThat(workload.labels())
        .allSatisfy(
            labels -> {
              for (String label : List.of("team", "cost-center", "environment")) {
                assertThat(labels.path(label).asText()).as(label).isNotEmpty();
              }
            });
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void hasAServiceAccountOfItsOwn(String set, Workload workload) {
    assertThat(sets().get(set))
        .extracting(Manifests::name)
        .contains("ServiceAccount/" + workload.pod().path("serviceAccountName").asText());
  }

  /** The reporter's ConfigMaps and its Lease are all that anybody may write. */
  @ParameterizedTest
  @MethodSource("roles")
  void mayOnlyReadButForWhatTheReporterRemembers(String set, String name, JsonNode role) {
    for (JsonNode rule : role.path("rules")) {
      String text = rule.toString();
      assertThat(text).doesNotContain("*", "secrets", "nonResourceURLs", "proxy", "exec");
      if (name.equals("Role/namespend-reporter")) {
        assertThat(rule.path("resources").toString()).isIn("[\"configmaps\"]", "[\"leases\"]");
        assertThat(rule.path("verbs").toString())
            .isIn("[\"get\"]", "[\"get\",\"patch\"]", "[\"get\",\"update\"]", "[\"create\"]");
        assertThat(rule.path("resourceNames"))
            .allMatch(one -> one.asText().matches("namespend-delivered(-[01][0-9a-f])?"))
            .hasSize(text.contains("create") ? 0 : text.contains("patch") ? DELIVERY_LOGS : 1);
      } else {
        assertThat(rule.path("verbs"))
            .extracting(JsonNode::asText)
            .isSubsetOf("get", "list", "watch");
      }
    }
  }

  @Test
  void theNetworkPolicyLetsChosenPodsInAndEverythingOut() {
    List<JsonNode> objects = Manifests.base(List.of("network-policy"));
    List<JsonNode> policies = Manifests.ofKind(objects, "NetworkPolicy");

    assertThat(Workload.among(objects))
        .isNotEmpty()
        .allSatisfy(
            workload ->
                assertThat(policies)
                    .filteredOn(policy -> selects(policy, workload))
                    .hasSize(1)
                    .allSatisfy(policy -> isRight(policy, workload)));
  }

  private static boolean selects(JsonNode policy, Workload workload) {
    JsonNode wanted = policy.at("/spec/podSelector/matchLabels");
    JsonNode labels = workload.template().at("/metadata/labels");
    assertThat(wanted).isNotEmpty();
    return wanted.properties().stream()
        .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
  }

  /**
   * Comes in only from chosen pods to the port that is served. Where the API server, DNS or a proxy
   * are differs by cluster, so a narrower egress would cut some off.
   */
  private static void isRight(JsonNode policy, Workload workload) {
    JsonNode spec = policy.path("spec");
    assertThat(spec.path("policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
    List<String> ports =
        new ArrayList<>(workload.container().path("ports").findValuesAsText("name"));
    // Probes come from the node, whatever the policy says.
    ports.remove("health");
    assertThat(spec.path("ingress")).hasSize(ports.isEmpty() ? 0 : 1);
    for (JsonNode ingress : spec.path("ingress")) {
      assertThat(ingress.at("/from/0/podSelector/matchLabels")).isNotEmpty();
      assertThat(ingress.path("ports").findValuesAsText("port")).isEqualTo(ports);
    }
    assertThat(spec.path("egress").toString()).isEqualTo("[{}]");
  }
}

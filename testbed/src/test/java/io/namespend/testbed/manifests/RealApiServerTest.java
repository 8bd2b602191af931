package io.namespend.testbed.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.testbed.process.ExporterProcess;
import io.namespend.testbed.process.KubeApiServer;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The overlay `production` in a real API server, and the exporter with its own service account. */
@Tag("rules")
class RealApiServerTest {
  private static final String NAMESPACE = "costs";
  private static final Path CRDS = Path.of("../.tools/schemas/crds");

  @TempDir private static Path folder;

  private static KubeApiServer server;

  @BeforeAll
  static void applyManifests() throws IOException {
    List<Path> programs = KubeApiServer.programs();
    assumeTrue(
        !programs.isEmpty() && Files.exists(CRDS),
        "no kube-apiserver, etcd and kubectl on the PATH: docs/decisions/manifests.md says how to"
            + " build them");
    server = KubeApiServer.start(programs, folder);
    apply(CRDS);
    kubectl("wait", "--for=condition=established", "--timeout=60s", "crd", "--all");
    apply(Path.of("src/test/resources/manifests/cluster.yaml"));
    apply(write("production", Manifests.overlay("production", NAMESPACE)));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void everyObjectIsThere() {
    List<String> names =
        Manifests.overlay("production", NAMESPACE).stream()
            .map(object -> group(object) + "/" + object.at("/metadata/name").asText())
            .toList();

    for (String name : names) {
      assertThat(kubectl("--namespace=" + NAMESPACE, "get", "--output=name", name))
          .as(name)
          .isNotBlank();
    }
  }

  /** Such as {@code deployment.v1.apps}, which no other group's kind of that name can be. */
  private static String group(JsonNode object) {
    String[] version = object.path("apiVersion").asText().split("/", -1);
    String kind = object.path("kind").asText().toLowerCase(Locale.ROOT);
    return version.length == 1 ? kind : kind + "." + version[1] + "." + version[0];
  }

  /** Pod Security refuses pods, not what makes them: so a pod of each is made. */
  @Test
  void podsAreWhatTheNamespaceAllows() throws IOException {
    for (Workload workload : Workload.among(Manifests.overlay("production", NAMESPACE))) {
      ObjectNode pod = workload.template().deepCopy();
      pod.put("apiVersion", "v1").put("kind", "Pod");
      pod.withObject("/metadata")
          .put("name", "of-" + workload.object().at("/metadata/name").asText())
          .put("namespace", NAMESPACE);

      apply(write("pod", List.of(pod)));
    }
    assertThat(
            run(
                    server.adminKubeconfig(),
                    "run",
                    "root",
                    "--namespace=" + NAMESPACE,
                    "--image=example/root")
                .err())
        .contains("violates PodSecurity \"restricted");
  }

  @Test
  void theExporterSeesAllItNeeds() throws IOException, InterruptedException {
    Path kubeconfig = kubeconfigOf("namespend-exporter");
    try (ExporterProcess exporter =
        ExporterProcess.start(
            Path.of("../exporter/target/exporter.jar"),
            folder.resolve("exporter.log"),
            List.of("--kubeconfig=" + kubeconfig))) {
      String page = page(exporter);

      Map<String, Integer> objects = new TreeMap<>();
      Pattern.compile("(?m)^namespend_cluster_sync_objects\\{kind=\"(\\w+)\"} (\\d+)")
          .matcher(page)
          .results()
          .forEach(line -> objects.put(line.group(1), Integer.valueOf(line.group(2))));
      assertThat(objects).hasSize(13).doesNotContainValue(0);
      assertThat(page)
          .contains("node_total_hourly_cost{")
          .containsPattern("namespend_workload_request_hourly_cost\\{namespace=\"shop\"")
          .contains("namespend_cluster_sync_failures_total{kind=\"pods\",reason=\"forbidden\"} 0.0")
          .doesNotContainPattern("namespend_cluster_sync_failures_total\\{[^}]*} (?!0\\.0)");
    }
  }

  /** The exporter asks only for pods on nodes; the API server says when one comes and ends. */
  @Test
  void theExporterFollowsAPodOntoItsNodeAndToItsEnd() throws IOException, InterruptedException {
    try (ExporterProcess exporter =
        ExporterProcess.start(
            Path.of("../exporter/target/exporter.jar"),
            folder.resolve("exporter-pods.log"),
            List.of("--kubeconfig=" + kubeconfigOf("namespend-exporter")))) {
      apply(
          Files.writeString(
              folder.resolve("pod.yaml"),
              """
              apiVersion: v1
              kind: Pod
              metadata: {name: later, namespace: shop}
              spec: {containers: [{name: app, image: example/app, resources: {requests: {cpu: "1"}}}]}
              """));
      apply(
          Files.writeString(
              folder.resolve("other.yaml"),
              """
              apiVersion: v1
              kind: Pod
              metadata: {name: other, namespace: shop}
              spec: {nodeName: node-1, containers: [{name: app, image: example/app}]}
              """));
      awaitPods(exporter, "other", "web-1");

      kubectl(
          "create",
          "--raw=/api/v1/namespaces/shop/pods/later/binding",
          "--filename="
              + Files.writeString(
                  folder.resolve("binding.json"),
                  "{\"apiVersion\": \"v1\", \"kind\": \"Binding\", \"metadata\": {\"name\":"
                      + " \"later\"}, \"target\": {\"kind\": \"Node\", \"name\": \"node-1\"}}"));
      awaitPods(exporter, "later", "other", "web-1");

      kubectl(
          "patch",
          "pod",
          "later",
          "--namespace=shop",
          "--subresource=status",
          "--patch={\"status\": {\"phase\": \"Succeeded\"}}");
      awaitPods(exporter, "other", "web-1");

      // Without a kubelet nobody else would end them.
      kubectl("delete", "pod", "other", "later", "--namespace=shop", "--force", "--grace-period=0");
      awaitPods(exporter, "web-1");
    }
  }

  private static void awaitPods(ExporterProcess exporter, String... names)
      throws IOException, InterruptedException {
    Set<String> pods = Set.of();
    for (int tries = 0; tries < 60 && !pods.equals(Set.of(names)); tries++) {
      Thread.sleep(500);
      pods =
          Pattern.compile("(?m)^namespend_pod_request_hourly_cost\\{.*pod=\"([^\"]+)\"")
              .matcher(page(exporter))
              .results()
              .map(line -> line.group(1))
              .collect(Collectors.toSet());
    }
    assertThat(pods).containsExactlyInAnyOrder(names);
  }

  private static String page(ExporterProcess exporter) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(exporter.address().resolve("/metrics")).build(),
            BodyHandlers.ofString())
        .body();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get pods --all-namespaces --watch=false",
        "get nodes",
      })
  void theExporterMayList(String command) throws IOException {
    assertThat(asExporter(command).exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get secrets --all-namespaces",
        "get configmaps --all-namespaces",
        "get serviceaccounts --all-namespaces",
        "get clusterroles",
        "get node node-1",
        "get --raw /api/v1/nodes/node-1/proxy/metrics",
        "delete pod web-1 --namespace=shop",
        "delete node node-1",
        "label namespace shop team=other",
        "scale deployment web --namespace=shop --replicas=0",
        "create configmap x --namespace=" + NAMESPACE,
        "create token namespend-exporter --namespace=" + NAMESPACE,
        "logs web-1 --namespace=shop",
      })
  void theExporterIsRefused(String command) throws IOException {
    Output output = asExporter(command);

    assertThat(output.exit()).isNotZero();
    assertThat(output.err()).contains("forbidden");
  }

  private static Output asExporter(String command) throws IOException {
    return run(kubeconfigOf("namespend-exporter"), command.split(" "));
  }

  /** First it makes its ConfigMaps and its Lease, then it reads and changes them. */
  @ParameterizedTest
  @CsvSource({
    "create configmap, , yes",
    "get configmap, namespend-delivered, yes",
    "update configmap, namespend-delivered, no",
    "get configmap, namespend-delivered-00, yes",
    "patch configmap, namespend-delivered-1f, yes",
    "patch configmap, namespend-delivered-20, no",
    "create lease, , yes",
    "get lease, namespend-delivered, yes",
    "update lease, namespend-delivered, yes",
    "update lease, another, no",
    "get configmap, namespend-reporter, no",
    "update configmap, namespend-policy, no",
    "delete configmap, namespend-delivered, no",
    "list configmaps, , no",
    "list secrets, , no",
    "list pods, , no",
  })
  void theReporterMayWriteItsOwnObjects(String what, String name, String answer)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("auth", "can-i"));
    String[] words = what.split(" ", -1);
    command.add(words[0]);
    command.add(name == null ? words[1] : words[1] + "/" + name);
    command.add("--namespace=" + NAMESPACE);

    Output output = run(kubeconfigOf("namespend-reporter"), command.toArray(String[]::new));

    assertThat(output.out().strip()).isEqualTo(answer);
  }

  private static Path kubeconfigOf(String account) {
    String token = kubectl("create", "token", account, "--namespace=" + NAMESPACE);
    return server.kubeconfig(account, token.strip());
  }

  private static void apply(Path file) {
    kubectl("apply", "--server-side", "--validate=strict", "--filename=" + file);
  }

  private static Path write(String name, List<JsonNode> objects) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        objects.stream().map(object -> "---\n" + object + "\n").collect(Collectors.joining()));
  }

  /** As somebody who may do everything. */
  private static String kubectl(String... arguments) {
    Output output = run(server.adminKubeconfig(), arguments);
    assertThat(output.exit()).as(output.err()).isZero();
    return output.out();
  }

  private static Output run(Path kubeconfig, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Tools.onPath("kubectl").orElseThrow().toString());
    command.add("--kubeconfig=" + kubeconfig);
    command.addAll(List.of(arguments));
    return Output.of(command);
  }
}

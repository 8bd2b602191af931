package io.namespend.exporter.cli;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: what it prints and how it ends. */
class ExporterTest {
  /** One for all: each client keeps a connection, and the exporter takes 64. */
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static final String NODE =
      """
      {"kind": "Node", "metadata": {"name": "n1", "labels": {
        "node.kubernetes.io/instance-type": "m5.xlarge", "topology.kubernetes.io/region": "us-east-1"}},
       "status": {"capacity": {"cpu": "4", "memory": "16Gi"}}}
      """;

  private static final Pattern ADDRESS = Pattern.compile("serving on (http://\\S+)/");

  @TempDir private Path folder;

  private record Ended(int exit, String out, String err) {}

  @Test
  void helpTeaches() throws Exception {
    Ended help = run("--help");

    assertThat(help.exit).isZero();
    assertThat(help.out).contains("Usage: exporter", "--cluster-snapshot", "Examples:");
  }

  @Test
  void saysItsVersion() throws Exception {
    Ended version = run("--version");

    assertThat(version.exit).isZero();
    assertThat(version.out).startsWith("exporter ");
  }

  @Test
  void aWrongOptionIsAUsageError() throws Exception {
    Ended wrong = run("--prot=1");

    assertThat(wrong.exit).isEqualTo(2);
    assertThat(wrong.err).contains("--prot");
  }

  @Test
  void aMissingDumpIsOneLine() throws Exception {
    assertFailsInOneLine("does not exist", "kubectl get", "--cluster-snapshot=" + folder + "/none");
  }

  @Test
  void aMalformedDumpIsOneLine() throws Exception {
    Path dump = Files.writeString(folder.resolve("dump.json"), "{\n  \"kind\": oops\n}");

    assertFailsInOneLine("line 2", "kubectl get", "--cluster-snapshot=" + dump);
  }

  @Test
  void aMissingKubeconfigIsOneLine() throws Exception {
    assertFailsInOneLine("does not exist", "--kubeconfig", "--kubeconfig=" + folder + "/none");
  }

  @Test
  void aBrokenKubeconfigIsOneLine() throws Exception {
    Path config = Files.writeString(folder.resolve("config"), "clusters: [{name: ");

    assertFailsInOneLine("not valid", "kubectl config view", "--kubeconfig=" + config);
  }

  @Test
  void anUnknownContextIsOneLine() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
            contexts: [{name: here, context: {cluster: c, user: u}}]
            users: [{name: u, user: {}}]
            current-context: here
            """);

    assertFailsInOneLine(
        "\"elsewhere\"", "get-contexts", "--kubeconfig=" + config, "--context=elsewhere");
  }

  @Test
  void aPortInUseIsOneLine() throws Exception {
    Path dump = Files.writeString(folder.resolve("dump.json"), NODE);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertFailsInOneLine(
          "cannot listen on 127.0.0.1:" + taken.getLocalPort(),
          "--port",
          "--cluster-snapshot=" + dump,
          "--listen-address=127.0.0.1",
          "--port=" + taken.getLocalPort());
    }
  }

  @Test
  void pricesADumpAndStopsWhenAsked() throws Exception {
    Path dump = Files.writeString(folder.resolve("dump.json"), NODE);

    Ended served = serve("--cluster-snapshot=" + dump);

    assertThat(served.out)
        .contains("node_total_hourly_cost{", "} 0.192\n", "price_source=\"builtin\"");
    assertThat(served.err).isEmpty();
    assertThat(served.exit).as("by SIGTERM").isEqualTo(143);
  }

  @Test
  void everyNodeHasAPriceAndSaysWhereItComesFrom() throws Exception {
    String labelled =
        """
        {"kind": "Node", "metadata": {"name": "%s", "labels": {
          "node.kubernetes.io/instance-type": "%s", "topology.kubernetes.io/region": "us-east-1",
          "karpenter.sh/capacity-type": "%s"}},
         "status": {"capacity": {"cpu": "4", "memory": "16Gi"}}}
        """;
    Files.writeString(
        folder.resolve("1.json"), labelled.formatted("known", "m5.xlarge", "on-demand"));
    Files.writeString(folder.resolve("2.json"), labelled.formatted("spot", "m5.xlarge", "spot"));
    Files.writeString(folder.resolve("3.json"), labelled.formatted("new", "z9.huge", "on-demand"));
    Files.writeString(
        folder.resolve("4.json"),
        """
        {"kind": "Node", "metadata": {"name": "bare"}}
        """);
    Files.writeString(
        folder.resolve("5.json"),
        """
        {"kind": "Pod", "metadata": {"namespace": "shop", "name": "web"}, "spec": {"nodeName": "bare"}}
        """);

    String metrics = serve("--cluster-snapshot=" + folder, "--no-pod-series").out;

    assertThat(pricesOfNodes(metrics))
        .containsOnlyKeys("known", "spot", "new", "bare")
        .allSatisfy((node, price) -> assertThat(price).as(node).isPositive());
    assertThat(sourcesOfNodes(metrics))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "known", "builtin",
                "spot", "builtin-spot-estimate",
                "new", "fallback",
                "bare", "fallback"));
    assertThat(metrics)
        .contains(
            "namespend_nodes_fallback_priced 3.0\n",
            "namespend_cluster_sync_objects{kind=\"nodes\"} 4.0\n",
            "namespend_build_info{")
        .doesNotContain("namespend_pod_request_hourly_cost{");
  }

  private void assertFailsInOneLine(String problem, String remedy, String... arguments)
      throws Exception {
    Ended ended = run(arguments);

    assertThat(ended.exit).isEqualTo(1);
    assertThat(ended.err).contains(problem, remedy).startsWith("exporter: ");
    assertThat(ended.err.strip().lines()).hasSize(1);
  }

  /** What it serves once it is ready, what it logs after its address, and how it ends. */
  private static Ended serve(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--listen-address=127.0.0.1", "--port=0"));
    Process exporter = start(all.toArray(String[]::new));
    try (BufferedReader log = exporter.errorReader(StandardCharsets.UTF_8)) {
      Matcher address = ADDRESS.matcher(String.valueOf(log.readLine()));
      assertThat(address.find()).isTrue();
      URI root = URI.create(address.group(1));
      eventually(() -> assertThat(get(root.resolve("/-/ready")).statusCode()).isEqualTo(200));
      String metrics = get(root.resolve("/metrics")).body();
      // Process.destroy would close the log that is still to be read.
      assertThat(exporter.toHandle().destroy()).isTrue();
      String rest = log.lines().collect(Collectors.joining("\n"));
      return new Ended(exporter.waitFor(), metrics, rest);
    } finally {
      exporter.destroy();
    }
  }

  private static HttpResponse<String> get(URI address) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private static Map<String, Double> pricesOfNodes(String metrics) {
    return matches(metrics, "node_total_hourly_cost\\{.*\\bnode=\"(\\w+)\".*} (\\S+)").stream()
        .collect(Collectors.toMap(m -> m.group(1), m -> Double.valueOf(m.group(2))));
  }

  private static Map<String, String> sourcesOfNodes(String metrics) {
    return matches(
            metrics, "namespend_node_info\\{.*\\bnode=\"(\\w+)\".*price_source=\"([^\"]*)\".*")
        .stream()
        .collect(Collectors.toMap(m -> m.group(1), m -> m.group(2)));
  }

  private static List<MatchResult> matches(String text, String line) {
    return Pattern.compile("(?m)^" + line + "$").matcher(text).results().toList();
  }

  private Ended run(String... arguments) throws Exception {
    Process process = start(arguments);
    // A program that serves instead of failing must not hang the tests.
    process.onExit().orTimeout(60, TimeUnit.SECONDS).exceptionally(e -> process.destroyForcibly());
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, err);
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Exporter.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }
}

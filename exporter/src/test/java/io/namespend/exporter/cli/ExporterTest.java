package io.namespend.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: what it prints and how it ends. */
class ExporterTest {
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
    Process exporter =
        start("--cluster-snapshot=" + dump, "--listen-address=127.0.0.1", "--port=0");
    try (BufferedReader log =
        new BufferedReader(
            new InputStreamReader(exporter.getErrorStream(), StandardCharsets.UTF_8))) {
      Matcher address = ADDRESS.matcher(String.valueOf(log.readLine()));
      assertThat(address.find()).isTrue();

      String metrics = awaitReadyAndScrape(URI.create(address.group(1)));

      assertThat(metrics)
          .contains("node_total_hourly_cost{", "} 0.192\n", "price_source=\"builtin\"");
    } finally {
      exporter.destroy();
    }
    assertThat(exporter.waitFor()).isEqualTo(143);
  }

  private void assertFailsInOneLine(String problem, String remedy, String... arguments)
      throws Exception {
    Ended ended = run(arguments);

    assertThat(ended.exit).isEqualTo(1);
    assertThat(ended.err).contains(problem, remedy).startsWith("exporter: ");
    assertThat(ended.err.strip().lines()).hasSize(1);
  }

  private static String awaitReadyAndScrape(URI address) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest ready = HttpRequest.newBuilder(address.resolve("/-/ready")).build();
    for (int tries = 0; tries < 300; tries++) {
      if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
        HttpRequest metrics = HttpRequest.newBuilder(address.resolve("/metrics")).build();
        return http.send(metrics, BodyHandlers.ofString()).body();
      }
      Thread.sleep(50);
    }
    throw new AssertionError("never ready");
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

package io.namespend.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whatever keeps the exporter from starting is one line that says what to do, and exit code 1. */
class CannotStartTest {
  private static final String NODE =
      """
      {"kind": "Node", "metadata": {"name": "n1"}}
      """;
  private static final String WRITE_ONE =
      "; write one with: kubectl get"
          + " nodes,namespaces,pods,deployments,replicasets,statefulsets,daemonsets,jobs,cronjobs,"
          + "pv,storageclasses,services,ingresses -A -o json > cluster.json";

  @TempDir private Path folder;
  private Path dump;

  @BeforeEach
  void writeDump() throws IOException {
    dump = write("cluster.json", NODE);
  }

  @Test
  void aDumpThatDoesNotExist() {
    assertThat(run("--cluster-snapshot", folder + "/none.json"))
        .isEqualTo("1: exporter: " + folder + "/none.json does not exist" + WRITE_ONE);
  }

  @Test
  void aFolderWithoutANode() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertThat(run("--cluster-snapshot", empty.toString()))
        .isEqualTo(
            "1: exporter: " + empty + " has no Node, so there is nothing to price" + WRITE_ONE);
  }

  @Test
  void aDumpWithAnAmountThatIsNone() throws IOException {
    Path bad =
        write(
            "bad.json",
            """
            {"kind": "Node", "metadata": {"name": "n1"}, "status": {"capacity": {"memory": "lots"}}}
            """);

    assertThat(run("--cluster-snapshot", bad.toString()))
        .isEqualTo(
            "1: exporter: "
                + bad
                + " has no Node that can be read: Node \"n1\": memory: \"lots\" is not a Kubernetes"
                + " quantity such as 500m or 2Gi");
  }

  @Test
  void aPolicyThatIsWrong() throws IOException {
    Path policy = write("policy.yaml", "allocation: {model: fair}\nteams: []\n");

    assertThat(run("--cluster-snapshot", dump.toString(), "--policy", policy.toString()))
        .isEqualTo(
            """
            1: exporter: %s has 2 errors:
              allocation.model: "fair": write one of blended, request, usage, max
              teams: "...": unknown key; known: allocation, annotations, bills, budgets, currency, customers, externalServices, nodeGroups, ownership, pools, prices, sharedServices, units, workloads\
            """
                .formatted(policy));
  }

  @Test
  void aKubeconfigThatIsAFolder() {
    assertThat(run("--kubeconfig", folder.toString()))
        .startsWith("1: exporter: kubeconfig " + folder + " is not valid: ")
        .endsWith("; check it with: kubectl config view --kubeconfig " + folder)
        .doesNotContain("\n");
  }

  @Test
  void aKubeconfigWithoutACurrentContext() throws IOException {
    Path config =
        write(
            "config",
            """
            apiVersion: v1
            kind: Config
            clusters: []
            contexts: []
            current-context: ''
            users: []
            """);

    assertThat(run("--kubeconfig", config.toString()))
        .isEqualTo(
            "1: exporter: kubeconfig %s has no context that is current; see: kubectl config get-contexts --kubeconfig %s"
                .formatted(config, config));
  }

  @Test
  void aPortOutOfRange() {
    assertThat(run("--cluster-snapshot", dump.toString(), "--port", "70000"))
        .isEqualTo(
            "1: exporter: cannot listen on 0.0.0.0:70000: port out of range:70000; choose another"
                + " with --port or --listen-address");
  }

  @Test
  void anAddressOfAnotherMachine() {
    // Reserved for documentation: no machine has it.
    assertThat(run("--cluster-snapshot", dump.toString(), "--listen-address", "192.0.2.1"))
        .startsWith("1: exporter: cannot listen on 192.0.2.1:10040: ")
        .endsWith("; choose another with --port or --listen-address")
        .doesNotContain("\n", "null");
  }

  @Test
  void anAddressWithItsPort() {
    assertThat(run("--cluster-snapshot", dump.toString(), "--listen-address", "127.0.0.1:9100"))
        .isEqualTo(
            "1: exporter: --listen-address: \"127.0.0.1:9100\" is not an address or a host that is"
                + " known; write one such as 127.0.0.1, and the port with --port");
  }

  @Test
  void noClusterAnywhere() {
    assertThatThrownBy(
            () ->
                ClusterConnection.open(
                    Optional.empty(),
                    Optional.empty(),
                    Map.of("KUBECONFIG", folder + "/a" + File.pathSeparator + folder + "/b")))
        .isInstanceOf(CannotStartException.class)
        .hasMessage(
            "no cluster: this is not running in a pod, and there is no kubeconfig at %s/a; name one"
                + " with --kubeconfig, or price a dump with --cluster-snapshot",
            folder);
  }

  @Test
  void aPortThatIsNoNumberIsAUsageError() {
    assertThat(run("--port", "http")).startsWith("2: Invalid value for option '--port'");
  }

  /** Exit code and standard error. */
  private static String run(String... arguments) {
    PrintStream before = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    try (PrintStream err = new PrintStream(captured, true, StandardCharsets.UTF_8)) {
      System.setErr(err);
      int exit = new CommandLine(new Exporter()).execute(arguments);
      return exit + ": " + captured.toString(StandardCharsets.UTF_8).stripTrailing();
    } finally {
      System.setErr(before);
    }
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}

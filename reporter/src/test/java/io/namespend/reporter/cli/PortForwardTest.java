package io.namespend.reporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.reporter.prometheus.FakePrometheus;
import io.namespend.reporter.statement.Statements;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** With a kubectl that answers as the real one does; there is no kubelet here to forward to. */
final class PortForwardTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void findsThePrometheusOfTheCluster() throws IOException {
    try (FakePrometheus prometheus = october()) {
      kubectl("monitoring/prometheus-operated", prometheus.url());

      assertThat(run("statement", "--month=2026-10", "--context=staging")).isZero();
    }

    assertThat(out.toString()).contains("2026-10,").hasLineCount(11);
    assertThat(err.toString()).isEmpty();
    assertThat(folder.resolve("calls"))
        .content()
        .contains("--context=staging get services --all-namespaces --selector=operated-prometheus")
        .contains(
            "--context=staging port-forward --namespace=monitoring"
                + " service/prometheus-operated :9090\n");
  }

  @Test
  void asksTheServiceThatIsNamed() throws IOException {
    try (FakePrometheus prometheus = october()) {
      kubectl("", prometheus.url());

      assertThat(run("statement", "--month=2026-10", "--service=costs/thanos")).isZero();
    }

    assertThat(folder.resolve("calls")).content().contains(" service/thanos :9090\n");
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    kubectl("", "http://127.0.0.1:1");
    assertThat(run("doctor")).isEqualTo(1);
    kubectl("a/prometheus\\nb/prometheus", "http://127.0.0.1:1");
    assertThat(run("doctor")).isEqualTo(1);
    script("echo 'E1 attempt' >&2; echo 'You must be logged in to the server' >&2; exit 1");
    assertThat(run("explain", "--namespace=shop")).isEqualTo(1);
    script(
        "case $* in *port-forward*) echo 'error: pod is pending' >&2; exit 1;; *) echo a/b;; esac");
    assertThat(run("doctor")).isEqualTo(1);
    assertThat(run("doctor", "--service=x")).isEqualTo(2);
    assertThat(run("doctor", "--prometheus=http://a", "--context=b")).isEqualTo(2);
    assertThat(run("weekly", "--untill=now")).isEqualTo(2);

    assertThat(err.toString())
        .contains("the cluster has no Service of Prometheus; name it with --prometheus URL or")
        .contains("several Services of Prometheus: a/prometheus, b/prometheus; choose one")
        .contains("kubectl cannot read Services: You must be logged in to the server; name it")
        .contains("kubectl cannot reach a/b: error: pod is pending; name it with --prometheus")
        .contains("--service is \"x\"; write NAMESPACE/NAME, such as monitoring/prometheus")
        .contains("--prometheus says where Prometheus is; leave out --service, --kubeconfig and")
        .contains("Unknown option: '--untill=now'")
        .doesNotContain("attempt");
  }

  /** A CronJob is told so in its settings. */
  @Test
  void aPodDoesNotLookForKubectl() throws IOException {
    kubectl("a/b", "http://127.0.0.1:1");

    assertThat(run(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"), "doctor")).isEqualTo(2);

    assertThat(err.toString()).contains("no Prometheus: give --prometheus URL, or");
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  private static FakePrometheus october() {
    return FakePrometheus.recording(Statements.at(Statements.OCTOBER, Statements.SHOP));
  }

  private void kubectl(String services, String url) throws IOException {
    String port = url.substring(url.lastIndexOf(':') + 1);
    script(
        """
        echo "$*" >> '%s'
        case $* in
        *port-forward*) echo "Forwarding from 127.0.0.1:%s -> 9090"; exec sleep 60 ;;
        *"get services"*) printf '%s\\n' ;;
        *"get service "*) echo 9090 ;;
        esac
        """
            .formatted(folder.resolve("calls"), port, services));
  }

  private void script(String text) throws IOException {
    Path program = Files.writeString(folder.resolve("kubectl"), "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private int run(String... args) {
    return run(Map.of(), args);
  }

  private int run(Map<String, String> more, String... args) {
    Map<String, String> environment = new java.util.HashMap<>(more);
    environment.put("PATH", folder.toString());
    CommandLine command =
        Reporter.commandLine(Clock.fixed(Statements.NOW, ZoneOffset.UTC), environment);
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(args);
  }
}

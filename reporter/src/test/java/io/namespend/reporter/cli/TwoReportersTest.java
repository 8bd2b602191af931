package io.namespend.reporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.namespend.reporter.delivery.StandInKubernetes;
import io.namespend.reporter.digest.RecordedWeek;
import io.namespend.reporter.prometheus.FakePrometheus;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes that are started at the same time, as by a CronJob and by a person: 45 mails
 * arrived once for 23.
 */
final class TwoReportersTest {
  private static final List<String> ADDRESSES =
      List.of("a@example.com", "b@example.com", "c@example.com", "d@example.com", "e@example.com");
  private static final List<String> AUDIENCES = List.of("company", "find", "pay");

  @TempDir private Path folder;

  private final GreenMail mails =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final FakePrometheus prometheus = FakePrometheus.recording(RecordedWeek.TWO_TEAMS);
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void start() {
    mails.start();
  }

  @AfterEach
  void stop() {
    started.forEach(Process::destroyForcibly);
    prometheus.close();
    mails.stop();
  }

  @Test
  void deliverEachPartOnceByALease() throws Exception {
    Path account = Files.createDirectory(folder.resolve("account"));
    Files.writeString(account.resolve("token"), "token");
    Files.writeString(account.resolve("namespace"), "costs");
    try (StandInKubernetes kubernetes =
        StandInKubernetes.start(
            Optional.of(LoopbackCertificate.make(folder, account.resolve("ca.crt"))))) {
      Path settings =
          settings("{configMap: {name: delivered, serviceAccount: \"%s\"}}".formatted(account));
      Map<String, String> inCluster =
          Map.of(
              "KUBERNETES_SERVICE_HOST",
              "127.0.0.1",
              "KUBERNETES_SERVICE_PORT",
              String.valueOf(kubernetes.port()));
      Process one = reporter(settings, "one", inCluster);
      Process two = reporter(settings, "two", inCluster);

      assertThat(List.of(exit(one), exit(two))).as(said("one") + said("two")).containsOnly(0);
      assertThat(List.of(lastLine("one"), lastLine("two")))
          .containsExactlyInAnyOrder(
              "delivered 3, delivered before 0, failed 0",
              "delivered 0, delivered before 3, failed 0");
      assertThat(kubernetes.text("/apis/coordination.k8s.io/v1/namespaces/costs/leases/delivered"))
          .contains("\"holderIdentity\":\"\"");
    }
    assertThat(arrivals()).hasSize(15).allSatisfy((part, ids) -> assertThat(ids).hasSize(1));
  }

  @Test
  void deliverEachPartOnceByAFileAndLeaveNothingWhenKilled() throws Exception {
    Path state = Files.createDirectory(folder.resolve("state"));
    Path settings = settings("{file: \"%s\"}".formatted(state.resolve("delivered")));
    for (int kills = 1; kills <= 3; kills++) {
      Process killed = reporter(settings, "killed", Map.of());
      assertThat(mails.waitForIncomingEmail(60_000, arrived() + 1)).as(said("killed")).isTrue();
      killed.destroyForcibly().waitFor();
    }
    Process one = reporter(settings, "one", Map.of());
    Process two = reporter(settings, "two", Map.of());

    assertThat(List.of(exit(one), exit(two))).as(said("one") + said("two")).containsOnly(0);
    // A kill between the server's word and ours sends one again, and it has the same id.
    assertThat(arrivals())
        .hasSize(15)
        .allSatisfy((part, ids) -> assertThat(Set.copyOf(ids)).hasSize(1));
    assertThat(arrived()).isBetween(15, 18);
    try (Stream<Path> left = Files.list(state)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("delivered", "delivered.lock");
    }
  }

  /** Message-IDs by who got which digest. */
  private Map<String, List<String>> arrivals() throws Exception {
    Map<String, List<String>> arrivals = new HashMap<>();
    for (MimeMessage message : mails.getReceivedMessages()) {
      arrivals
          .computeIfAbsent(
              message.getAllRecipients()[0] + " " + message.getSubject(), part -> new ArrayList<>())
          .add(message.getMessageID());
    }
    return arrivals;
  }

  private int arrived() {
    return mails.getReceivedMessages().length;
  }

  private Path settings(String delivery) throws IOException {
    StringBuilder yaml =
        new StringBuilder(
            """
            prometheus: {url: "%s"}
            email: {host: 127.0.0.1, port: %d, security: none, from: costs@example.com}
            delivery: %s
            company: {recipients: %s}
            teams:
            """
                .formatted(prometheus.url(), mails.getSmtp().getPort(), delivery, ADDRESSES));
    for (String team : AUDIENCES.subList(1, AUDIENCES.size())) {
      yaml.append("  %s: {recipients: %s}%n".formatted(team, ADDRESSES));
    }
    return Files.writeString(folder.resolve("reporter.yaml"), yaml);
  }

  private Process reporter(Path settings, String name, Map<String, String> environment)
      throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                classes,
                "io.namespend.reporter.cli.Reporter",
                "weekly",
                "--config=" + settings,
                "--until=2026-11-16")
            .redirectErrorStream(true)
            .redirectOutput(log(name).toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static int exit(Process process) throws InterruptedException {
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private String lastLine(String name) throws IOException {
    List<String> lines = Files.readAllLines(log(name), UTF_8);
    return lines.get(lines.size() - 1);
  }

  private String said(String name) throws IOException {
    return Files.exists(log(name)) ? Files.readString(log(name), UTF_8) : "";
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }
}

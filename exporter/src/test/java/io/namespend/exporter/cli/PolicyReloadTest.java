package io.namespend.exporter.cli;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process, whose policy file changes. */
class PolicyReloadTest {
  private static final String WEIGHT =
      "namespend_allocation_weight{basis=\"usage\",namespace=\"shop\"} ";

  @TempDir private Path folder;
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private Path policy;
  private Process exporter;
  private URI metrics;

  /** One for all scrapes: each client keeps a connection, and the exporter takes 64. */
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws Exception {
    Path dump =
        Files.writeString(
            folder.resolve("cluster.json"),
            """
            {"kind": "List", "items": [{"kind": "Node", "metadata": {"name": "n1"}},
             {"kind": "Namespace", "metadata": {"name": "shop", "annotations": {"namespend.io/model": "fair"}}}]}
            """);
    policy = folder.resolve("policy.yaml");
    write("allocation: {model: request}");
    exporter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Exporter.class.getName(),
                "--listen-address=127.0.0.1",
                "--port=0",
                "--cluster-snapshot=" + dump,
                "--policy=" + policy)
            .start();
    Thread reader = new Thread(this::readLog, "log");
    reader.setDaemon(true);
    reader.start();
    metrics = URI.create(awaitLine("serving on").replaceFirst(".*(http://\\S+/)", "$1metrics"));
  }

  @AfterEach
  void stop() throws InterruptedException {
    exporter.destroy();
    exporter.waitFor();
  }

  @Test
  void aHangUpReadsThePolicyAgainAndABadOneChangesNothing() throws Exception {
    eventually(() -> assertThat(scrape()).contains(WEIGHT + "0.0\n"));
    assertThat(scrape())
        .contains(
            "namespend_invalid_annotations{annotation=\"namespend.io/model\",namespace=\"shop\"}"
                + " 1.0",
            "namespend_config_last_reload_successful 1.0",
            "namespend_config_reload_failures_total 0.0");
    awaitLine("namespace shop, namespend.io/model: \"fair\": write one of blended, request");

    write("allocation: {model: usage}");
    hangUp();
    awaitLine("the policy is now that of");
    eventually(() -> assertThat(scrape()).contains(WEIGHT + "1.0\n"));

    write("allocation: {model: fair}\npools: [{name: idle, split: none}]");
    hangUp();
    awaitLine("has 1 error:; allocation.model: \"fair\"");
    assertThat(scrape())
        .contains(
            WEIGHT + "1.0\n",
            "namespend_config_last_reload_successful 0.0",
            "namespend_pool_split_info{pool=\"idle\",split=\"proportional\"} 1")
        .containsPattern("namespend_config_reload_failures_total [1-9]");
    assertThat(exporter.isAlive()).isTrue();
  }

  @Test
  void aChangeIsSeenWithoutASignal() throws Exception {
    write("allocation: {model: usage}");

    awaitLine("the policy is now that of");
    eventually(() -> assertThat(scrape()).contains(WEIGHT + "1.0\n"));
  }

  @Test
  void aRateComesWithoutARestartAndIsShown() throws Exception {
    write("prices: {exchangeRates: [{from: CHF, rate: 1.1, since: 2026-01-01}]}");
    hangUp();

    awaitLine("prices in CHF are converted at 1.1 USD, the rate since 2026-01-01T00:00:00Z");
    eventually(
        () ->
            assertThat(scrape())
                .contains(
                    "namespend_exchange_rate{from=\"CHF\",to=\"USD\"} 1.1\n",
                    "namespend_exchange_rate_timestamp_seconds{from=\"CHF\",to=\"USD\"}"
                        + " 1.7672256E9\n"));
    HttpRequest page = HttpRequest.newBuilder(metrics.resolve("/")).build();
    assertThat(http.send(page, BodyHandlers.ofString()).body())
        .contains("rate from CHF", "prices in CHF are converted at 1.1 USD");
  }

  private void hangUp() throws Exception {
    List<String> kill = List.of("kill", "-HUP", Long.toString(exporter.pid()));
    assertThat(new ProcessBuilder(kill).start().waitFor()).isZero();
  }

  private String scrape() throws Exception {
    return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
  }

  private void write(String yaml) throws IOException {
    Path next = Files.writeString(folder.resolve("next.yaml"), yaml);
    Files.move(next, policy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void readLog() {
    try (BufferedReader lines = exporter.errorReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(log::add);
    } catch (IOException | UncheckedIOException e) {
      log.add(e.toString());
    }
  }

  private String awaitLine(String part) throws InterruptedException {
    for (String line = log.poll(60, TimeUnit.SECONDS);
        line != null;
        line = log.poll(60, TimeUnit.SECONDS)) {
      if (line.contains(part)) {
        return line;
      }
    }
    throw new AssertionError("no line with: " + part);
  }
}

package io.namespend.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes are answered whatever others do to the port. */
class HealthServerTest {
  private final AtomicReference<ExporterStatus> status = new AtomicReference<>(status(List.of()));
  private HealthServer server;

  @BeforeEach
  void serve() throws IOException {
    server =
        HealthServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), status::get);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /-/healthy | 200 | healthy",
        "GET /-/healthy?x=1 | 200 | healthy",
        "GET /-/ready | 503 | not ready, waiting for: pods",
        "HEAD /-/ready | 503 |",
        "GET /metrics | 404 | there are /-/healthy and /-/ready",
        "GET / | 404 | there are /-/healthy and /-/ready",
        "POST /-/healthy | 405 | use GET or HEAD",
      })
  void answersProbes(String request, int code, String line) throws IOException {
    String answer = ask(request + " HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + code).contains("Connection: close");
    assertThat(answer.split("\r\n\r\n", -1)[1]).isEqualTo(line == null ? "" : line + "\n");
  }

  @Test
  void namesWhatStandsStill() throws IOException {
    status.set(status(List.of("watch pods", "policy")));

    assertThat(ask("GET /-/healthy HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 503")
        .endsWith("not healthy, stalled: watch pods, policy\n");
    assertThat(ask("GET /-/ready HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 503")
        .endsWith("not ready, stalled: watch pods, policy\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "GET /-/healthy HTTP/1.1\r\nX: "})
  void answersBesideAnyNumberOfThoseThatNeverEndTheirRequest(String beginning) throws IOException {
    List<Socket> others = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) {
        Socket other = connect();
        other.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
        others.add(other);
        if (i % 50 == 0) {
          assertThat(ask("GET /-/healthy HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200");
        }
      }
      assertThat(ask("GET /-/healthy HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200");
    } finally {
      for (Socket other : others) {
        other.close();
      }
    }
  }

  @Test
  void cutsOffWhoNeverEndsItsRequest() throws IOException {
    try (Socket slow = connect()) {
      slow.getOutputStream().write('G');
      assertThat(slow.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aRequestOfAnyLengthIsNoHarm() throws IOException {
    try (Socket large = connect()) {
      large.getOutputStream().write(("GET /" + "x".repeat(4_091)).getBytes(StandardCharsets.UTF_8));
      assertThat(large.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(ask("GET /-/healthy HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200");
  }

  private String ask(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static ExporterStatus status(List<String> stalled) {
    return new ExporterStatus(
        "1.2.3",
        Instant.EPOCH,
        Optional.of("waiting for: pods"),
        Optional.empty(),
        List.of(),
        stalled);
  }
}

package io.namespend.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
  private final AtomicBoolean ready = new AtomicBoolean();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final HttpClient http = HttpClient.newHttpClient();
  private WebServer server;

  @BeforeEach
  void serve() throws IOException {
    Gauge.builder().name("answer").help("Of everything.").register(registry).set(42);
    server = WebServer.start(loopback(0), Optional.empty(), registry, this::status);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void servesMetrics() throws Exception {
    HttpResponse<byte[]> answer = get("/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(text(answer.body())).contains("# TYPE answer gauge", "answer 42.0");
  }

  @Test
  void isReadyWhenTheClusterIsRead() throws Exception {
    HttpResponse<byte[]> before = get("/-/ready");
    ready.set(true);
    HttpResponse<byte[]> after = get("/-/ready");

    assertThat(before.statusCode()).isEqualTo(503);
    assertThat(text(before.body())).isEqualTo("not ready, waiting for: pods, nodes\n");
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(text(after.body())).isEqualTo("ready\n");
  }

  @Test
  void isHealthyBeforeItIsReady() throws Exception {
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
  }

  @Test
  void tellsAPersonWhereToLook() throws Exception {
    HttpResponse<byte[]> page = get("/");

    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(text(page.body())).contains("1.2.3", "/metrics", "/-/ready");
  }

  /** Each thread takes memory for its stack, and one request follows another. */
  @Test
  void usesAThreadThatIsFree() throws Exception {
    Set<Thread> others = webThreads();
    for (int i = 0; i < 100; i++) {
      get("/-/healthy");
    }

    Set<Thread> made = webThreads();
    made.removeAll(others);
    assertThat(made).hasSizeBetween(1, 10);
  }

  private static Set<Thread> webThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("web"))
        .collect(Collectors.toSet());
  }

  @Test
  void knowsNoOtherPath() throws Exception {
    for (String path : new String[] {"/nothing", "/metrics/x", "/-/", "/-/healthyx"}) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "FROBNICATE"})
  void onlyReads(String method) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address("/metrics"))
            .method(method, HttpRequest.BodyPublishers.ofString("x".repeat(10_000)))
            .build();

    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    assertThat(answer.body()).isEqualTo("method not allowed; use GET or HEAD\n");
  }

  @Test
  void doesNotWaitForABodyThatItDoesNotRead() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket.setSoTimeout(10_000);
      String head = "GET /-/healthy HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nabc";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));

      byte[] answer = socket.getInputStream().readNBytes(15);

      assertThat(text(answer)).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void aPageThatFailsIsALineAndNoStackTrace() throws Exception {
    server.close();
    server =
        WebServer.start(
            loopback(0),
            Optional.empty(),
            registry,
            () -> {
              throw new IllegalStateException("secret inside");
            });

    HttpResponse<byte[]> answer = get("/-/ready");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(text(answer.body()))
        .isEqualTo("internal error; the log of the exporter says more\n");
  }

  @Test
  void refusesAPortInUse() {
    int taken = server.address().getPort();

    assertThatThrownBy(
            () -> WebServer.start(loopback(taken), Optional.empty(), registry, this::status))
        .isInstanceOf(BindException.class);
  }

  private ExporterStatus status() {
    return new ExporterStatus(
        "1.2.3",
        Instant.EPOCH,
        ready.get() ? Optional.empty() : Optional.of("waiting for: pods, nodes"),
        List.of());
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(address(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private URI address(String path) {
    return server.address().resolve(path);
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

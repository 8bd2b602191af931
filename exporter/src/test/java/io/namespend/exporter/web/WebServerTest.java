package io.namespend.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebServerTest {
  private final AtomicBoolean ready = new AtomicBoolean();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final HttpClient http = HttpClient.newHttpClient();
  private WebServer server;

  @BeforeEach
  void serve() throws IOException {
    Gauge.builder().name("answer").help("Of everything.").register(registry).set(42);
    server = WebServer.start(loopback(0), registry, "1.2.3", ready::get);
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
  void compressesMetricsForThoseWhoAsk() throws Exception {
    HttpResponse<byte[]> answer = get("/metrics", "Accept-Encoding", "gzip");

    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    var unzipped = new GZIPInputStream(new ByteArrayInputStream(answer.body()));
    assertThat(text(unzipped.readAllBytes())).contains("answer 42.0");
  }

  @Test
  void speaksOpenMetrics() throws Exception {
    HttpResponse<byte[]> answer =
        get("/metrics", "Accept", "application/openmetrics-text; version=1.0.0");

    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/openmetrics-text");
    assertThat(text(answer.body())).endsWith("# EOF\n");
  }

  @Test
  void isReadyWhenTheClusterIsRead() throws Exception {
    HttpResponse<byte[]> before = get("/-/ready");
    ready.set(true);
    HttpResponse<byte[]> after = get("/-/ready");

    assertThat(before.statusCode()).isEqualTo(503);
    assertThat(text(before.body())).contains("not ready");
    assertThat(after.statusCode()).isEqualTo(200);
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

  @Test
  void knowsNoOtherPath() throws Exception {
    for (String path : new String[] {"/nothing", "/metrics/x", "/-/", "/-/healthyx"}) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    HttpRequest head =
        HttpRequest.newBuilder(address("/-/healthy"))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();

    HttpResponse<byte[]> answer = http.send(head, BodyHandlers.ofByteArray());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void refusesAPortInUse() {
    int taken = server.address().getPort();

    assertThatThrownBy(() -> WebServer.start(loopback(taken), registry, "1.2.3", ready::get))
        .isInstanceOf(BindException.class);
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(address(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

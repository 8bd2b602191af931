package io.namespend.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As some probes and load balancers ask. */
class HeadRequestTest {
  private static final ExporterStatus STATUS =
      new ExporterStatus("1.2.3", Instant.EPOCH, Optional.of("waiting for: pods"), List.of());

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({"/, 200", "/metrics, 200", "/-/healthy, 200", "/-/ready, 503", "/nothing, 404"})
  void hasTheStatusOfGetAndNoBody(String path, int status) throws Exception {
    assertThat(answerTo("HEAD " + path))
        .startsWith("HTTP/1.1 " + status + " ")
        .endsWith("\r\n\r\n")
        .containsOnlyOnce("\r\n\r\n");
  }

  @Test
  void getHasABody() throws Exception {
    assertThat(answerTo("GET /metrics")).contains("\r\n\r\n", "answer 42.0");
  }

  /** The bytes as they come, so that a body where none belongs is seen. */
  private static String answerTo(String methodAndPath) throws Exception {
    PrometheusRegistry registry = new PrometheusRegistry();
    Gauge.builder().name("answer").help("Of everything.").register(registry).set(42);
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (WebServer server = WebServer.start(loopback, Optional.empty(), registry, () -> STATUS);
        Socket socket = new Socket(loopback.getAddress(), server.address().getPort())) {
      socket.setSoTimeout(10_000);
      String request = methodAndPath + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream answer = socket.getInputStream();
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

package io.namespend.reporter.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConfigMapLogTest {
  private HttpServer server;
  private String stored = "";
  private int conflicts;
  private int status;
  private final List<String> calls = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void createsTheMapThenUpdatesIt() {
    ConfigMapLog log = log();
    assertThat(log.load()).isEmpty();

    log.add("weekly 2026-11-16T00:00:00Z 168h company slack:#a message", "C1/2");
    log.add("weekly 2026-11-16T00:00:00Z 168h company mail a@example.com", "sent");

    assertThat(log.load())
        .hasSize(2)
        .containsEntry("weekly 2026-11-16T00:00:00Z 168h company slack:#a message", "C1/2");
    assertThat(calls).contains("POST /api/v1/namespaces/costs/configmaps");
    assertThat(calls).contains("PUT /api/v1/namespaces/costs/configmaps/delivered");
  }

  @Test
  void forgetsWhatIsLongPast() {
    ConfigMapLog log = log();
    log.add("weekly 2026-01-05T00:00:00Z 168h company mail a", "sent");
    log.add("weekly 2026-11-16T00:00:00Z 168h company mail a", "sent");

    assertThat(log.load()).containsOnlyKeys("weekly 2026-11-16T00:00:00Z 168h company mail a");
  }

  @Test
  void writesAgainAfterAConflict() {
    log().add("weekly 2026-11-16T00:00:00Z 168h company mail a", "sent");
    conflicts = 2;
    log().add("weekly 2026-11-16T00:00:00Z 168h company mail b", "sent");

    assertThat(log().load()).hasSize(2);
  }

  @Test
  void namesTheRightsItNeeds() {
    status = 403;

    assertThatThrownBy(() -> log().load())
        .isInstanceOf(DeliveryException.class)
        .hasMessage(
            "ConfigMap costs/delivered: the Kubernetes API answers HTTP 403; allow the reporter's"
                + " service account to get, create and update it");
  }

  private ConfigMapLog log() {
    return new ConfigMapLog(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        "costs",
        "delivered",
        HttpClient.newHttpClient(),
        () -> "token");
  }

  private void handle(HttpExchange exchange) throws IOException {
    calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (status != 0
        || !"Bearer token".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, status == 0 ? 401 : status, "{\"message\":\"forbidden\"}");
    } else if (exchange.getRequestMethod().equals("GET")) {
      answer(exchange, stored.isEmpty() ? 404 : 200, stored.isEmpty() ? "{}" : stored);
    } else if (conflicts-- > 0) {
      answer(exchange, 409, "{}");
    } else {
      stored = body;
      answer(exchange, exchange.getRequestMethod().equals("POST") ? 201 : 200, body);
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}

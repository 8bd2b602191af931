package io.namespend.reporter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

final class PrometheusClientTest {
  private static final Instant MONDAY = Instant.parse("2026-11-16T00:00:00Z");

  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  @Test
  void readsAVector() {
    String body =
        """
        {"status": "success",
         "data": {
           "resultType": "vector",
           "result": [
             {"metric": {"__name__": "up", "namespace": "a\\"b"}, "value": [1795219200.5, "12.25"]},
             {"metric": {}, "value": [1795219200, "+Inf"]},
             {"metric": {}, "value": [1795219200, "-Inf"]},
             {"metric": {}, "value": [1795219200, "NaN"]},
             {"metric": {}, "value": [1795219200, "1e-7"]}]},
         "infos": ["metric might not be a counter"],
         "something new": 1}
        """;

    try (FakePrometheus prometheus = FakePrometheus.answering(200, "application/json", body)) {
      assertThat(client(prometheus).query("up", MONDAY))
          .containsExactly(
              new Sample(Map.of("__name__", "up", "namespace", "a\"b"), 12.25),
              new Sample(Map.of(), Double.POSITIVE_INFINITY),
              new Sample(Map.of(), Double.NEGATIVE_INFINITY),
              new Sample(Map.of(), Double.NaN),
              new Sample(Map.of(), 1e-7));
      assertThat(prometheus.asked())
          .containsExactly("/api/v1/query?query=up&time=2026-11-16T00%3A00%3A00Z");
      assertThat(warnings).isEmpty();
    }
  }

  @Test
  void passesEachWarningOnOnce() {
    String body =
        """
        {"status":"success","data":{"resultType":"vector","result":[]},"warnings":["one","two"]}
        """;

    try (FakePrometheus prometheus = FakePrometheus.answering(200, "application/json", body)) {
      PrometheusClient client = client(prometheus);
      assertThat(client.query("up", MONDAY)).isEmpty();
      assertThat(client.query("up", MONDAY)).isEmpty();
    }

    assertThat(warnings).containsExactly("one", "two");
  }

  @Test
  void followsRedirects() {
    try (FakePrometheus prometheus =
        FakePrometheus.handling(
            exchange -> {
              String path = exchange.getRequestURI().toString();
              exchange.getResponseHeaders().set("Location", "/prefix" + path);
              FakePrometheus.send(
                  exchange,
                  path.startsWith("/prefix") ? 200 : 307,
                  "application/json",
                  FakePrometheus.vector());
            })) {
      assertThat(client(prometheus).query("up", MONDAY)).isEmpty();
    }
  }

  @Test
  void showsThePrometheusErrorText() {
    String body =
        """
        {"status":"error","errorType":"bad_data","error":"1:5: parse error: unexpected end"}
        """;

    assertFails(400, "application/json", body)
        .isEqualTo(
            "URL/ refuses the query sum(: bad_data: 1:5: parse error: unexpected end (HTTP 400);"
                + " check its version (2.40 or newer) and its limits (--query.max-samples)");
  }

  @Test
  void showsATimeoutOfTheQueryAfterThreeAttempts() {
    String body =
        """
        {"status":"error","errorType":"timeout","error":"query timed out"}\
        """;

    assertFails(503, "application/json", body)
        .isEqualTo(
            "URL/ refuses the query sum(: timeout: query timed out (HTTP 503);"
                + " try again when Prometheus has less to do, or raise its --query.timeout");
    assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(2));
  }

  @Test
  void recognizesALoginPage() {
    assertFails(200, "text/html", "<html><form>User: <input></form></html>")
        .startsWith("URL/ answers, but not as Prometheus does (text/html from 127.0.0.1:")
        .endsWith("); is it a login page, or does Prometheus live below another path?");
  }

  @Test
  void recognizesOtherJson() {
    List<String> bodies =
        List.of(
            "",
            "null",
            "[]",
            "{\"status\":\"success\"}",
            "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}",
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{}]}}",
            FakePrometheus.vector() + "<!-- appended by a proxy -->",
            FakePrometheus.vector("{\"metric\":{},\"value\":[0,\"many\"]}"));

    for (String body : bodies) {
      assertFails(200, "application/json", body).contains("not as Prometheus does");
    }
  }

  @Test
  void namesTheRemedyForEachStatus() {
    assertFails(400, "text/html", "").contains("HTTP 400; give the address of Prometheus itself");
    assertFails(401, "text/plain", "no").contains("HTTP 401; it wants other credentials");
    assertFails(404, "text/html", "?").contains("HTTP 404; there is no query API at that path");
    assertThat(pauses).isEmpty();
    assertFails(502, "text/html", "<h1>").contains("HTTP 502; look at the log of Prometheus");
  }

  @Test
  void asksAgainAfterAServerError() {
    try (FakePrometheus prometheus =
        FakePrometheus.handling(
            exchange ->
                FakePrometheus.send(
                    exchange,
                    pauses.size() < 2 ? 503 : 200,
                    "application/json",
                    FakePrometheus.vector()))) {
      assertThat(client(prometheus).query("up", MONDAY)).isEmpty();
      assertThat(prometheus.asked()).hasSize(3);
    }
  }

  @Test
  void restsAsLongAsTheServerWants() {
    try (FakePrometheus prometheus =
        FakePrometheus.handling(
            exchange -> {
              exchange.getResponseHeaders().set("Retry-After", "7");
              FakePrometheus.send(
                  exchange,
                  pauses.isEmpty() ? 429 : 200,
                  "application/json",
                  FakePrometheus.vector());
            })) {
      assertThat(client(prometheus).query("up", MONDAY)).isEmpty();
    }
    assertThat(pauses).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void doesNotWaitForAServerThatWantsAnHour() {
    try (FakePrometheus prometheus =
        FakePrometheus.handling(
            exchange -> {
              exchange.getResponseHeaders().set("Retry-After", "3600");
              FakePrometheus.send(exchange, 429, "text/plain", "");
            })) {
      assertThatThrownBy(() -> client(prometheus).query("up", MONDAY))
          .hasMessageContaining("HTTP 429; it has too much to do");
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void sendsItsHeadersButNotToWhereARedirectLeads() {
    List<String> tenants = new ArrayList<>();
    try (FakePrometheus prometheus =
        FakePrometheus.handling(
            exchange -> {
              tenants.add(exchange.getRequestHeaders().getFirst("X-Scope-OrgID"));
              exchange.getResponseHeaders().set("Location", "/elsewhere");
              FakePrometheus.send(exchange, 302, "text/html", "");
            })) {
      Connection connection =
          new Connection(
              PrometheusUrl.parse(prometheus.url()),
              Duration.ofSeconds(30),
              Map.of("X-Scope-OrgID", "hidden-tenant"),
              Optional.empty());
      assertThat(connection.toString()).contains("X-Scope-OrgID").doesNotContain("hidden-tenant");
      assertThatThrownBy(() -> PrometheusClient.of(connection, warnings::add).query("up", MONDAY))
          .hasMessageContaining(
              "redirects to /elsewhere; if that is a login page, give credentials");
    }
    assertThat(tenants).containsExactly("hidden-tenant");
  }

  @Test
  void namesALoginPageWithoutItsSecrets() {
    try (FakePrometheus prometheus =
        FakePrometheus.handling(
            exchange -> {
              exchange
                  .getResponseHeaders()
                  .set("Location", "https://login.example.com/oauth?state=secret");
              FakePrometheus.send(exchange, 307, "text/html", "");
            })) {
      Connection connection =
          new Connection(
              PrometheusUrl.parse(prometheus.url()),
              Duration.ofSeconds(30),
              Map.of("X-Scope-OrgID", "a"),
              Optional.empty());
      assertThatThrownBy(() -> PrometheusClient.of(connection, warnings::add).query("up", MONDAY))
          .hasMessageContaining("redirects to https://login.example.com/oauth; if that is a login")
          .hasMessageContaining("prometheus.bearerToken")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void readsARange() {
    String body =
        """
        {"status":"success","warnings":["store eu is down"],"data":{"resultType":"matrix","result":[
        {"metric":{"team":"a"},"values":[[1800000000,"1.5"],[1800003600.000,"2"]]}]}}\
        """;
    try (FakePrometheus prometheus = FakePrometheus.answering(200, "application/json", body)) {
      PrometheusClient client = client(prometheus);
      Instant start = Instant.ofEpochSecond(1_800_000_000);
      assertThat(client.range("x", start, start.plusSeconds(7200), Duration.ofHours(1)))
          .containsExactly(
              new Series(Map.of("team", "a"), Map.of(start, 1.5, start.plusSeconds(3600), 2.0)));
      assertThat(client.warned()).containsExactly("store eu is down");
      assertThat(prometheus.asked().get(0))
          .isEqualTo(
              "/api/v1/query_range?query=x&start=2027-01-15T08%3A00%3A00Z"
                  + "&end=2027-01-15T10%3A00%3A00Z&step=3600");
    }
  }

  @Test
  void asksAgainAfterABrokenConnection() {
    try (FakePrometheus prometheus =
        FakePrometheus.handling(
            exchange -> {
              if (pauses.size() == 2) {
                FakePrometheus.send(exchange, 200, "application/json", FakePrometheus.vector());
              }
              exchange.close();
            })) {
      assertThat(client(prometheus).query("up", MONDAY)).isEmpty();
    }
    assertThat(pauses).hasSize(2);
  }

  @Test
  void saysThatTheConnectionBreaks() {
    try (FakePrometheus prometheus = FakePrometheus.handling(exchange -> exchange.close())) {
      assertThatThrownBy(() -> client(prometheus).query("up", MONDAY))
          .isInstanceOf(PrometheusException.class)
          .hasMessageContaining("the connection broke")
          .hasMessageContaining("check proxies in between");
    }
    assertThat(pauses).hasSize(2);
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThatThrownBy(() -> client("http://127.0.0.1:" + port).query("up", MONDAY))
        .isInstanceOf(PrometheusException.class)
        .hasMessage(
            "cannot ask http://127.0.0.1:%d/: no connection (refused); is Prometheus running there?"
                    .formatted(port)
                + " From outside the cluster: kubectl -n monitoring port-forward"
                + " svc/prometheus-operated 9090");
    assertThat(pauses).hasSize(2);
  }

  @Test
  void givesUpOnAServerThatStaysSilent() {
    CountDownLatch done = new CountDownLatch(1);
    try (FakePrometheus prometheus = FakePrometheus.handling(exchange -> await(done))) {
      assertTimesOut(prometheus, done);
    }
  }

  @Test
  void givesUpOnABodyThatNeverEnds() {
    CountDownLatch done = new CountDownLatch(1);
    try (FakePrometheus prometheus =
        FakePrometheus.handling(
            exchange -> {
              exchange.sendResponseHeaders(200, 1000);
              exchange.getResponseBody().write('{');
              exchange.getResponseBody().flush();
              await(done);
            })) {
      assertTimesOut(prometheus, done);
    }
  }

  private void assertTimesOut(FakePrometheus prometheus, CountDownLatch done) {
    PrometheusClient impatient =
        new PrometheusClient(
            Connection.open(PrometheusUrl.parse(prometheus.url()), Duration.ofMillis(1_100)),
            HttpClient.newHttpClient(),
            pauses::add,
            warnings::add);
    try {
      assertThatThrownBy(() -> impatient.query("up", MONDAY))
          .isInstanceOf(PrometheusException.class)
          .hasMessage(
              "cannot ask %s/: no answer within 1 s; allow more with --timeout, or check network"
                      .formatted(prometheus.url())
                  + " policies and the load of Prometheus");
    } finally {
      // The server waits for its handler before it stops.
      done.countDown();
    }
    assertThat(pauses).isEmpty();
  }

  private AbstractStringAssert<?> assertFails(int status, String type, String body) {
    try (FakePrometheus prometheus = FakePrometheus.answering(status, type, body)) {
      try {
        client(prometheus).query("sum(", MONDAY);
      } catch (PrometheusException e) {
        return assertThat(String.valueOf(e.getMessage()).replace(prometheus.url(), "URL"));
      }
    }
    throw new AssertionError("no failure for HTTP %d: %s".formatted(status, body));
  }

  private PrometheusClient client(FakePrometheus prometheus) {
    return client(prometheus.url());
  }

  private PrometheusClient client(String url) {
    HttpClient http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    return new PrometheusClient(
        Connection.open(PrometheusUrl.parse(url), Duration.ofSeconds(30)),
        http,
        pauses::add,
        warnings::add);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.namespend.exporter.web;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsPageTest {
  private static final ExporterStatus STATUS =
      new ExporterStatus("1.2.3", Instant.EPOCH, Optional.empty(), List.of());

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final HttpClient http = HttpClient.newHttpClient();
  private WebServer server;

  @BeforeEach
  void serve() throws IOException {
    registry.register(() -> gauge("answer", List.of(point("everything", 42))));
    registry.register(
        () ->
            CounterSnapshot.builder()
                .name("questions")
                .dataPoint(CounterDataPointSnapshot.builder().value(7).build())
                .build());
    registry.register(
        () ->
            InfoSnapshot.builder()
                .name("book")
                .dataPoint(InfoDataPointSnapshot.builder().labels(Labels.of("by", "A")).build())
                .build());
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    // Nobody is slow by a clock that stands still.
    server =
        WebServer.start(
            loopback,
            Optional.empty(),
            registry,
            () -> STATUS,
            new Deliveries(() -> 0, Duration.ZERO));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void speaksPrometheusTextToWhomeverDoesNotAsk() throws Exception {
    HttpResponse<byte[]> answer = get("/metrics");

    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(text(answer))
        .contains(
            """
            # TYPE answer gauge
            answer{of="everything"} 42.0
            """,
            "questions_total 7.0\n");
  }

  @Test
  void speaksOpenMetrics() throws Exception {
    HttpResponse<byte[]> answer =
        get("/metrics", "Accept", "application/openmetrics-text; version=1.0.0");

    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(text(answer)).endsWith("# EOF\n");
  }

  @Test
  void speaksProtobuf() throws Exception {
    HttpResponse<byte[]> answer =
        get(
            "/metrics",
            "Accept",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited");

    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/vnd.google.protobuf");
    // Each family is its length and then field 1, the name, which is its length and its bytes.
    byte[] body = answer.body();
    assertThat(body[1]).isEqualTo((byte) 0x0a);
    assertThat(new String(body, 3, body[2], StandardCharsets.UTF_8)).isEqualTo("answer");
    assertThat(body[body[0] + 2]).as("the next family").isEqualTo((byte) 0x0a);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | true",
        "deflate, GZIP;q=0.5 | true",
        "x-gzip | true",
        "gzip;q=0 | false",
        "gzip; q=0.0 | false",
        "identity | false",
        "notgzip | false"
      })
  void compressesForThoseWhoAsk(String encodings, boolean compressed) throws Exception {
    HttpResponse<byte[]> answer = get("/metrics", "Accept-Encoding", encodings);

    assertThat(answer.headers().firstValue("Content-Encoding").isPresent()).isEqualTo(compressed);
    assertThat(answer.headers().firstValue("Vary")).hasValue("Accept, Accept-Encoding");
    byte[] plain =
        compressed
            ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes()
            : answer.body();
    assertThat(new String(plain, StandardCharsets.UTF_8)).contains("answer{");
  }

  @Test
  void givesOnlyTheFamiliesThatAreNamed() throws Exception {
    String filtered = text(get("/metrics?name[]=questions_total&name%5B%5D=book_info&name[]=none"));

    assertThat(filtered).contains("questions_total 7.0", "book_info{").doesNotContain("answer");
    assertThat(text(get("/metrics?name[]=none"))).isEmpty();
    assertThat(text(get("/metrics?name=answer&&=%25"))).contains("answer{", "questions");
  }

  /** As large families come, so that only what changed is made anew. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/openmetrics-text; version=1.0.0",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"
      })
  void aFamilyOfSeveralMetricsIsOne(String format) throws Exception {
    registry.register(
        (MultiCollector)
            () ->
                MetricSnapshots.of(
                    gauge("several", List.of(point("first", 1))),
                    gauge("several", List.of(point("second", 2)))));

    HttpResponse<byte[]> compressed = get("/metrics", "Accept", format, "Accept-Encoding", "gzip");
    HttpResponse<byte[]> named = get("/metrics?name[]=several", "Accept", format);

    for (byte[] page :
        List.of(
            get("/metrics", "Accept", format).body(),
            new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes(),
            named.body())) {
      String text = new String(page, StandardCharsets.UTF_8);
      assertThat(text).containsOnlyOnce("first").containsOnlyOnce("second");
      // The text says it with the type and with each series.
      assertThat(text.split("several", -1)).hasSize(1 + (format.contains("protobuf") ? 1 : 3));
    }
  }

  @Test
  void aSourceThatFailsIsALineAndNoHalfOfAnAnswer() throws Exception {
    registry.register(
        (Collector)
            () -> {
              throw new IllegalStateException("secret inside");
            });

    HttpResponse<byte[]> answer = get("/metrics");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(text(answer)).isEqualTo("internal error; the log of the exporter says more\n");
  }

  @ParameterizedTest
  @CsvSource({"gzip", "identity"})
  void aTextThatCannotBeWrittenIsALineAndNoHalfOfAnAnswer(String encoding) throws Exception {
    registry.register(() -> gauge("big", List.of(big("a"), big("b"))));
    registry.register(() -> gauge("broken", List.of(point(null, 1))));

    assertThat(get("/metrics", "Accept-Encoding", encoding).statusCode()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({"gzip", "identity"})
  void anAnswerThatBreaksOffDoesNotLookWhole(String encoding) {
    registry.register(() -> gauge("big", List.of(big("a"), big("b"))));
    registry.register(() -> gauge("broken", List.of(point(null, 1))));

    assertThatThrownBy(() -> get("/metrics?name[]=big&name[]=broken", "Accept-Encoding", encoding))
        .isInstanceOf(IOException.class);
  }

  @Test
  void refusesScrapesBeyondTheLimitAndRecovers() throws Exception {
    registry.register(
        () -> gauge("big", IntStream.range(0, 100).mapToObj(i -> big("" + i)).toList()));
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < Deliveries.MOST; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
      socket
          .getOutputStream()
          .write("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(15)).asString().endsWith("200 OK");
      slow.add(socket);
    }

    HttpResponse<byte[]> refused = get("/metrics");

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(text(refused)).isEqualTo("too many scrapes at once; 32 are served\n");
    assertThat(get("/-/healthy").statusCode()).as("meanwhile").isEqualTo(200);

    for (Socket socket : slow) {
      socket.close();
    }
    eventually(
        () ->
            assertThat(text(get("/metrics?name[]=namespend_web_scrapes_refused_total")))
                .containsPattern("namespend_web_scrapes_refused_total [1-9]"));
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.address().resolve(path.replace("[]", "%5B%5D")));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static GaugeSnapshot gauge(String name, List<GaugeDataPointSnapshot> points) {
    return new GaugeSnapshot(new MetricMetadata(name), points);
  }

  /** Of nothing, it fails while it is written. */
  private static GaugeDataPointSnapshot point(@Nullable String of, double value) {
    return new GaugeDataPointSnapshot(
        value, Labels.of(new String[] {"of"}, new String[] {of}), null);
  }

  /** More than what a buffer on the way would take. */
  private static GaugeDataPointSnapshot big(String of) {
    return point(of + "x".repeat(300_000), 1);
  }
}

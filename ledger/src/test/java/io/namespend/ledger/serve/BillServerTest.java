package io.namespend.ledger.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.namespend.ledger.books.CurFile;
import io.namespend.ledger.books.OpenBooks;
import io.namespend.ledger.reconcile.RecordedNodes;
import io.namespend.ledger.rules.BillSettings.Commitments;
import io.namespend.ledger.store.Staging;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BillServerTest {
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir private Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicReference<Instant> now = new AtomicReference<>(OpenBooks.CLOCK.instant());
  private OpenBooks books;

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now.get();
        }
      };

  @BeforeEach
  void open() {
    books = new OpenBooks(folder);
  }

  @AfterEach
  void close() {
    books.close();
  }

  private BillServer server(Optional<URI> prometheus) {
    Path ledger = folder.resolve("ledger.db");
    return new BillServer(
        LOOPBACK,
        new BookReader(ledger, Commitments.AS_BILLED, 3),
        prometheus.map(uri -> new Reconciler(ledger, new RecordedNodes(uri, http), clock)),
        clock);
  }

  private BillServer started() {
    BillServer server = server(Optional.empty());
    server.start();
    return server;
  }

  private HttpResponse<String> call(
      BillServer server, String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(BillServer server, String path, String... headers)
      throws IOException, InterruptedException {
    return call(server, "GET", path, headers);
  }

  private static String day(String price) {
    return new CurFile()
        .hours(
            0,
            24,
            "Usage",
            "resource=i-0aaa",
            "service=AmazonEC2",
            "usage=BoxUsage:m5.large",
            "region=eu-west-1",
            "amount=1",
            "unit=Hrs",
            "unblended=" + price)
        .hours(
            0,
            24,
            "Usage",
            "resource=i-0orphan",
            "service=AmazonEC2",
            "usage=BoxUsage:m5.large",
            "region=eu-west-1",
            "amount=1",
            "unit=Hrs",
            "unblended=0.05")
        .text();
  }

  @Test
  void servesPricesWithATagUntilAVersionIsImported() throws Exception {
    books.importText(day("0.08"));
    try (BillServer server = started()) {
      HttpResponse<String> first = get(server, "/prices.csv");
      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(first.body().split("\r\n", -1))
          .containsExactly(
              "resource_id,hourly,currency",
              "i-0aaa,0.0800000000,USD",
              "i-0orphan,0.0500000000,USD",
              "");
      String tag = first.headers().firstValue("ETag").orElseThrow();
      assertThat(tag).startsWith("\"").endsWith("\"");
      assertThat(get(server, "/sheet.csv").body())
          .contains("node,m5.large,on-demand,eu-west-1,0.0650000000,hour,USD");

      HttpResponse<String> again = get(server, "/prices.csv", "If-None-Match", tag);
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(get(server, "/prices.csv", "If-None-Match", "\"other\", W/" + tag).statusCode())
          .isEqualTo(304);
      assertThat(get(server, "/prices.csv", "If-None-Match", "\"other\"").statusCode())
          .isEqualTo(200);

      books.importText(day("0.09"));
      server.refresh();

      HttpResponse<String> changed = get(server, "/prices.csv", "If-None-Match", tag);
      assertThat(changed.statusCode()).isEqualTo(200);
      assertThat(changed.body()).contains("i-0aaa,0.0900000000,USD");
      assertThat(changed.headers().firstValue("ETag")).isNotEqualTo(Optional.of(tag));
      assertThat(get(server, "/metrics").body())
          .contains("namespend_ledger_versions{month=\"2026-10\",source=\"aws\"} 2.0");
    }
  }

  @Test
  void theLastGoodPricesStayWhileABillIsStagedAndWhenTheBooksAreLost() throws Exception {
    books.importText(day("0.08"));
    try (BillServer server = started()) {
      HttpResponse<String> before = get(server, "/prices.csv");
      Staging staging = books.store().stage();
      try {
        server.refresh();
        assertThat(get(server, "/prices.csv").body()).isEqualTo(before.body());
      } finally {
        staging.close();
      }
      assertThat(get(server, "/metrics").body())
          .contains("namespend_ledger_failing{work=\"books\"} 0.0");

      books.close();
      Files.delete(folder.resolve("ledger.db"));
      server.refresh();

      assertThat(get(server, "/prices.csv").body()).isEqualTo(before.body());
      assertThat(get(server, "/-/ready").statusCode()).isEqualTo(200);
      assertThat(get(server, "/metrics").body())
          .contains("namespend_ledger_failing{work=\"books\"} 1.0")
          .doesNotContain("namespend_ledger_failures_total{work=\"books\"} 0.0");
    }
  }

  /** A header without lines would take all prices from the exporter. */
  @Test
  void booksWithoutABillAreNotReady() throws Exception {
    try (BillServer server = started()) {
      assertThat(get(server, "/prices.csv").statusCode()).isEqualTo(503);
      assertThat(get(server, "/-/ready").body())
          .isEqualTo("ledger.db: no bill was read yet; import one\n");
      assertThat(get(server, "/-/healthy").statusCode()).isEqualTo(200);
      assertThat(get(server, "/metrics").statusCode()).isEqualTo(200);

      books.importText(day("0.08"));
      server.refresh();

      assertThat(get(server, "/-/ready").statusCode()).isEqualTo(200);
      assertThat(get(server, "/prices.csv").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whatIsBilledAddsUpToTheInvoice() throws Exception {
    books.importFile(Path.of("examples", "2026-10.csv"));
    try (BillServer server = started()) {
      String metrics = get(server, "/metrics").body();
      double sum =
          metrics
              .lines()
              .filter(line -> line.startsWith("namespend_ledger_billed_cost{"))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
              .sum();
      double invoice =
          books.store().totals(books.store().current().get(0)).values().stream()
              .mapToDouble(total -> total.costs().billed().decimal().doubleValue())
              .sum();
      assertThat(invoice).isCloseTo(515.46, within(0.005));
      assertThat(sum).isCloseTo(invoice, within(1e-9));
      assertThat(metrics)
          .contains(
              "namespend_ledger_billed_cost{class=\"tax\",cluster=\"\",currency=\"USD\","
                  + "month=\"2026-10\",source=\"aws\"} 69.7873")
          .contains(
              "namespend_ledger_billed_until_timestamp_seconds{month=\"2026-10\",source=\"aws\"}"
                  + " 1.7934912E9");
    }
  }

  @Test
  void whatIsBilledSaysTheClusterOfItsTag() throws Exception {
    books.importText(
        new CurFile()
            .hours(
                0,
                24,
                "Usage",
                "resource=i-0aaa",
                "service=AmazonEC2",
                "usage=BoxUsage:m5.large",
                "unblended=0.5",
                "tags={\"user_eks_cluster_name\":\"prod\"}")
            .hours(
                0,
                24,
                "Usage",
                "resource=i-0bbb",
                "service=AmazonEC2",
                "usage=BoxUsage:m5.large",
                "unblended=0.25",
                "tags={\"user_eks_cluster_name\":\"test\"}")
            .text());
    try (BillServer server = started()) {
      String series =
          "namespend_ledger_billed_cost{class=\"resource\",cluster=\"%s\",currency=\"USD\","
              + "month=\"2026-10\",source=\"aws\"} %s\n";
      assertThat(get(server, "/metrics").body())
          .contains(series.formatted("prod", "12.0"))
          .contains(series.formatted("test", "6.0"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/prices.csv.old", "/metrics/x", "/ledger.db"})
  void otherPathsAreNotFound(String path) throws Exception {
    try (BillServer server = started()) {
      assertThat(get(server, path).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void onlyReads() throws Exception {
    books.importText(day("0.08"));
    try (BillServer server = started()) {
      HttpResponse<String> head = call(server, "HEAD", "/prices.csv");
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.headers().firstValue("ETag")).isPresent();
      assertThat(call(server, "POST", "/prices.csv").statusCode()).isEqualTo(405);
      assertThat(call(server, "DELETE", "/metrics").statusCode()).isEqualTo(405);
    }
  }

  /** 24 h at 0.08 billed, 23 h at 0.10 recorded. */
  @Test
  void comparesWithPrometheusAndOutlivesItsFailures() throws Exception {
    books.importText(day("0.08"));
    AtomicInteger status = new AtomicInteger(500);
    HttpServer prometheus = HttpServer.create(LOOPBACK, 0);
    prometheus.createContext(
        "/api/v1/query",
        exchange -> {
          boolean isCount = exchange.getRequestURI().getQuery().contains("count_over_time");
          byte[] body =
              ("{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{\"cluster\":\"prod\","
                      + "\"node\":\"a\",\"provider_id\":\"aws:///eu-west-1a/i-0aaa\"},"
                      + "\"value\":[0,\"%s\"]}]}}")
                  .formatted(isCount ? "1380" : "138")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status.get(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    prometheus.start();
    try (BillServer server =
        server(Optional.of(URI.create("http://127.0.0.1:" + prometheus.getAddress().getPort())))) {
      server.refresh();
      // Answers without the timer: only this thread makes rounds.
      server.answer();
      assertThat(get(server, "/metrics").body())
          .contains("namespend_ledger_failing{work=\"prometheus\"} 1.0")
          .contains("namespend_ledger_failures_total{work=\"prometheus\"} 1.0")
          .doesNotContain("namespend_ledger_node_variance_cost{");
      assertThat(get(server, "/prices.csv").statusCode()).isEqualTo(200);

      status.set(200);
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(5)));
      server.refresh();

      String expected =
          "namespend_ledger_node_variance_cost{cluster=\"prod\",currency=\"USD\",month=\"2026-10\"}"
              + " 0.38";
      assertThat(get(server, "/metrics").body())
          .contains(expected)
          .contains(
              "namespend_ledger_node_recorded_cost{cluster=\"prod\",currency=\"USD\",month=\"2026-10\"}"
                  + " 2.3")
          .contains(
              "namespend_ledger_node_effective_cost{cluster=\"prod\",currency=\"USD\",month=\"2026-10\"}"
                  + " 1.92")
          .contains(
              "namespend_ledger_node_unmatched_cost{cluster=\"\",currency=\"USD\",month=\"2026-10\",side=\"billed\"}"
                  + " 1.2")
          .contains("namespend_ledger_failing{work=\"prometheus\"} 0.0");

      status.set(503);
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(59)));
      server.refresh();
      assertThat(get(server, "/metrics").body())
          .contains("namespend_ledger_failures_total{work=\"prometheus\"} 1.0");
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
      server.refresh();
      assertThat(get(server, "/metrics").body())
          .contains(expected)
          .contains("namespend_ledger_failures_total{work=\"prometheus\"} 2.0");
    } finally {
      prometheus.stop(0);
    }
  }

  @Test
  void saysWhenARoundHangs() throws Exception {
    try (BillServer server = server(Optional.empty())) {
      server.answer();
      assertThat(get(server, "/-/healthy").statusCode()).isEqualTo(200);

      now.updateAndGet(time -> time.plus(Duration.ofHours(4)));

      assertThat(get(server, "/-/healthy").body()).isEqualTo("stalled: books\n");
    }
  }
}

package io.namespend.exporter.price.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.namespend.exporter.cluster.ClusterPlace;
import io.namespend.exporter.cluster.balancer.LoadBalancer;
import io.namespend.exporter.cluster.node.Distribution;
import io.namespend.exporter.cluster.node.Provider;
import io.namespend.exporter.price.Quote;
import io.namespend.exporter.price.currency.ExchangeRate;
import io.namespend.exporter.price.currency.RatesInForce;
import io.namespend.exporter.price.refresh.PriceRefresher;
import io.namespend.exporter.price.refresh.RefreshStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The refresh as the exporter does it, against a server that does well, badly and well again. */
class BillAddressTest {
  private static final Duration INTERVAL = Duration.ofMinutes(5);
  private static final String HEADER = "resource_id,hourly,currency\n";

  private static final ClusterPlace HOME =
      new ClusterPlace(Provider.OTHER, "berlin", Distribution.OTHER);

  private record Reply(int status, String body, Map<String, String> headers) {}

  private final AtomicReference<Reply> reply = new AtomicReference<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-10T08:00:00Z"));
  private final AtomicReference<RatesInForce> rates =
      new AtomicReference<>(RatesInForce.none("USD"));
  private HttpServer server;
  private BillPrices bill;
  private PriceRefresher refresher;

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
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    bill =
        new BillPrices(
            URI.create(
                "http://127.0.0.1:%d/prices.csv?key=secret"
                    .formatted(server.getAddress().getPort())),
            INTERVAL,
            HttpClient.newHttpClient(),
            rates::get);
    refresher = new PriceRefresher(List.of(bill), clock, () -> {});
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply now = reply.get();
      String known = String.valueOf(exchange.getRequestHeaders().getFirst("If-None-Match"));
      asked.add(known);
      now.headers().forEach(exchange.getResponseHeaders()::set);
      if (known.equals(now.headers().get("ETag"))) {
        exchange.sendResponseHeaders(304, -1);
        return;
      }
      byte[] body = now.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(now.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void answers(int status, String body, String... headers) {
    reply.set(
        new Reply(status, body, headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1])));
  }

  private RefreshStatus after(Duration time) {
    now.updateAndGet(before -> before.plus(time));
    refresher.refreshAll();
    return refresher.statuses().get(0);
  }

  private Optional<Double> price() {
    return bill.loadBalancer(new LoadBalancer("ns", "web", "lb-1", ""), HOME).map(Quote::amount);
  }

  @Test
  void isReadOnceAndThenAskedForWithItsTagWhenDue() {
    answers(200, HEADER + "lb-1,0.10,USD\n", "ETag", "\"one\"");

    assertThat(after(Duration.ZERO).failing()).isFalse();
    assertThat(price()).contains(0.10);
    Instant first = now.get();

    assertThat(after(Duration.ofMinutes(4)).lastSuccess()).contains(first);
    assertThat(asked).containsExactly("null");

    // Unchanged, and confirmed.
    assertThat(after(Duration.ofMinutes(1)).lastSuccess()).contains(now.get());
    assertThat(asked).containsExactly("null", "\"one\"");
    assertThat(price()).contains(0.10);

    answers(200, HEADER + "lb-1,0.12,USD\n", "ETag", "\"two\"");
    after(INTERVAL);
    assertThat(price()).contains(0.12);
    after(INTERVAL);
    assertThat(asked).containsExactly("null", "\"one\"", "\"one\"", "\"two\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "500|oops",
        "503|ledger.db: no bill was read yet; import one",
        "404|not found",
        "200|",
        "200|<html><body>Log in</body></html>",
        "200|{\"resource_id\": 1}",
        "200|resource_id,hourly\nlb-1,cheap\n",
        "200|resource_id,hourly,currency\nlb-1,0.2,EUR\n",
        "200|resource_id,hourly\n\"lb-1,0.2\n",
      })
  void theLastGoodPricesStayUntilItIsWellAgain(String wrong) {
    answers(200, HEADER + "lb-1,0.10,USD\n", "ETag", "\"one\"");
    after(Duration.ZERO);
    Instant good = now.get();

    int bar = wrong.indexOf('|');
    answers(Integer.parseInt(wrong.substring(0, bar)), wrong.substring(bar + 1));
    RefreshStatus failed = after(INTERVAL);

    assertThat(failed.failing()).isTrue();
    assertThat(failed.failures()).isEqualTo(1);
    assertThat(failed.lastSuccess()).contains(good);
    assertThat(price()).contains(0.10);

    answers(200, HEADER + "lb-1,0.11,USD\n", "ETag", "\"two\"");
    RefreshStatus again = after(Duration.ofMinutes(1));

    assertThat(again.failing()).isFalse();
    assertThat(again.failures()).isEqualTo(1);
    assertThat(again.lastSuccess()).contains(now.get());
    assertThat(price()).contains(0.11);
  }

  @Test
  void aRedirectIsNotFollowed() {
    answers(
        302, "", "Location", "http://127.0.0.1:%d/else".formatted(server.getAddress().getPort()));

    assertThat(after(Duration.ZERO).failing()).isTrue();
    assertThat(asked).hasSize(1);
    assertThat(price()).isEmpty();
  }

  @Test
  void saysWhoDidNotAnswerWithoutTheQuery() {
    int port = server.getAddress().getPort();
    server.stop(0);

    assertThatThrownBy(() -> bill.refresh(now.get()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("http://127.0.0.1:%d/prices.csv cannot be reached".formatted(port))
        .hasMessageContaining("prices.bill.url")
        .hasMessageNotContaining("secret");
  }

  /** A 304 would leave prices at the old rate. */
  @Test
  void anotherExchangeRateReadsTheBillAgain() {
    rates.set(eur(1.1));
    answers(200, HEADER + "lb-1,0.10,EUR\n", "ETag", "\"one\"");
    after(Duration.ZERO);
    assertThat(price().orElseThrow()).isEqualTo(0.10 * 1.1);

    rates.set(eur(1.2));
    after(Duration.ofSeconds(5));

    assertThat(asked).containsExactly("null", "null");
    assertThat(price().orElseThrow()).isEqualTo(0.10 * 1.2);
  }

  private static RatesInForce eur(double rate) {
    return new RatesInForce("USD", Map.of("EUR", new ExchangeRate("EUR", rate, Instant.EPOCH)));
  }
}

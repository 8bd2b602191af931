package io.namespend.ledger.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/** Serves prices for the exporter and series for Prometheus, with no TLS and no credentials. */
public final class BillServer implements AutoCloseable {
  private static final Duration BOOKS_PAUSE = Duration.ofSeconds(5);
  private static final Duration RECONCILE_PAUSE = Duration.ofMinutes(1);
  private static final int THREADS = 4;

  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;
  private static final int NOT_FOUND = 404;
  private static final int WRONG_METHOD = 405;
  private static final int UNAVAILABLE = 503;

  /** Of the JDK's server, for the whole JVM; what is set on the command line stays. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "jdk.httpserver.maxConnections", "128",
          "sun.net.httpserver.maxReqTime", "5",
          "sun.net.httpserver.maxRspTime", "60",
          "sun.net.httpserver.nodelay", "true");

  private final BookReader books;
  private final HttpServer http;
  private final List<Rounds> rounds = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final ScheduledExecutorService timer;

  /**
   * Listens, and answers nothing yet.
   *
   * @throws CannotServeException if that is not possible
   */
  public BillServer(
      InetSocketAddress address, BookReader books, Optional<Reconciler> reconciler, Clock clock) {
    LIMITS.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
    this.books = books;
    rounds.add(new Rounds("books", books::refresh, clock));
    reconciler.ifPresent(of -> rounds.add(new Rounds("prometheus", of::refresh, clock)));
    PrometheusRegistry registry = new PrometheusRegistry();
    new LedgerMetrics(books, reconciler, registry).register(rounds);
    try {
      this.http = HttpServer.create(address, 0);
    } catch (IOException e) {
      threads.shutdownNow();
      throw new CannotServeException(
          "cannot listen on %s:%d: %s; choose another --port or --listen-address"
              .formatted(address.getHostString(), address.getPort(), e.getMessage()),
          e);
    }
    this.timer = Executors.newScheduledThreadPool(rounds.size());
    http.setExecutor(threads);
    add("/prices.csv", exchange -> document(exchange, ServedBooks::prices));
    add("/sheet.csv", exchange -> document(exchange, ServedBooks::sheet));
    add("/metrics", new MetricsHandler(registry));
    add("/-/healthy", this::healthy);
    add("/-/ready", this::ready);
    http.createContext("/", BillServer::notFound);
  }

  /** Reads the books, and begins to answer. */
  public void start() {
    rounds.get(0).turn();
    answer();
    rounds.get(0).start(timer, BOOKS_PAUSE);
    rounds.stream().skip(1).forEach(each -> each.start(timer, RECONCILE_PAUSE));
  }

  /** Answers, and makes no rounds. */
  void answer() {
    http.start();
  }

  public int port() {
    return http.getAddress().getPort();
  }

  /** One round of everything, on this thread. */
  void refresh() {
    rounds.forEach(Rounds::turn);
  }

  private void add(String path, HttpHandler handler) {
    http.createContext(
        path,
        exchange -> {
          // The JDK's contexts are prefixes.
          if (!exchange.getRequestURI().getPath().equals(path)) {
            notFound(exchange);
          } else if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            answer(exchange, WRONG_METHOD, "only GET and HEAD\n");
          } else {
            handler.handle(exchange);
          }
        });
  }

  private void document(HttpExchange exchange, Function<ServedBooks, Document> which)
      throws IOException {
    Optional<Document> known = books.served().map(which);
    if (known.isEmpty()) {
      notReady(exchange);
      return;
    }
    Document document = known.get();
    exchange.getResponseHeaders().set("ETag", document.tag());
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    List<String> ifNoneMatch =
        exchange.getRequestHeaders().getOrDefault("If-None-Match", List.of());
    if (document.isKnownTo(ifNoneMatch)) {
      exchange.sendResponseHeaders(NOT_MODIFIED, -1);
      exchange.close();
      return;
    }
    send(exchange, OK, "text/csv; charset=utf-8", document.content());
  }

  private void healthy(HttpExchange exchange) throws IOException {
    List<String> stalled = rounds.stream().filter(Rounds::isStalled).map(Rounds::name).toList();
    if (stalled.isEmpty()) {
      answer(exchange, OK, "healthy\n");
    } else {
      answer(exchange, UNAVAILABLE, "stalled: %s\n".formatted(String.join(", ", stalled)));
    }
  }

  private void ready(HttpExchange exchange) throws IOException {
    if (books.served().isPresent()) {
      answer(exchange, OK, "ready\n");
    } else {
      notReady(exchange);
    }
  }

  private void notReady(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        UNAVAILABLE,
        "%s: no bill was read yet; import one\n".formatted(books.ledger().getFileName()));
  }

  private static void notFound(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        NOT_FOUND,
        "not found; there are /prices.csv, /sheet.csv, /metrics, /-/healthy and /-/ready\n");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    send(exchange, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    try (exchange) {
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    http.stop(0);
    threads.shutdownNow();
  }
}

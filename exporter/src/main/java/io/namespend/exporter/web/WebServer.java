package io.namespend.exporter.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Serves {@code /}, {@code /metrics}, {@code /-/healthy} and {@code /-/ready}. */
public final class WebServer implements AutoCloseable {
  /** Prometheus and its twin, probes, and somebody looking: more at once is not needed. */
  private static final int THREADS = 5;

  private final HttpServer server;
  private final ExecutorService threads;

  private WebServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Begins to serve.
   *
   * @param ready what {@code /-/ready} answers: 200 if true, else 503
   * @throws IOException if the address cannot be bound, such as a port in use
   */
  public static WebServer start(
      InetSocketAddress address, PrometheusRegistry registry, String version, BooleanSupplier ready)
      throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, daemon("web"));
    server.setExecutor(threads);
    server.createContext("/metrics", exactly("/metrics", new MetricsHandler(registry)));
    server.createContext(
        "/-/healthy", exactly("/-/healthy", exchange -> answer(exchange, 200, "healthy\n")));
    server.createContext(
        "/-/ready",
        exactly(
            "/-/ready",
            exchange -> {
              boolean isReady = ready.getAsBoolean();
              answer(
                  exchange,
                  isReady ? 200 : 503,
                  isReady ? "ready\n" : "not ready: the cluster has not been read yet\n");
            }));
    server.createContext(
        "/",
        exactly(
            "/",
            exchange -> {
              exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
              answer(exchange, 200, LandingPage.html(version, ready.getAsBoolean()));
            }));
    server.start();
    return new WebServer(server, threads);
  }

  /** Where it listens; tells the port where port 0 was asked for. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** The JDK server matches by prefix. */
  private static HttpHandler exactly(String path, HttpHandler handler) {
    return exchange -> {
      if (exchange.getRequestURI().getPath().equals(path)) {
        handler.handle(exchange);
      } else {
        answer(exchange, 404, "not found; there are /, /metrics, /-/healthy and /-/ready\n");
      }
    };
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
      if (!head) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private static java.util.concurrent.ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}

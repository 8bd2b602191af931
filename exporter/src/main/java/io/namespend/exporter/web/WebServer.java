package io.namespend.exporter.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.namespend.exporter.web.config.SwitchingContext;
import io.namespend.exporter.web.config.TlsConfig;
import io.namespend.exporter.web.config.WebConfig;
import io.namespend.exporter.web.config.WebConfigFile;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Serves {@code /}, {@code /metrics}, {@code /-/healthy} and {@code /-/ready}. */
public final class WebServer implements AutoCloseable {
  private static final int MOST_THREADS = 256;

  /** Bytes; as many threads as that shall not cost the memory of the exporter. */
  private static final int STACK = 256 * 1024;

  private final HttpServer server;
  private final ExecutorService threads;

  private final MetricsPage metrics;

  private WebServer(HttpServer server, MetricsPage metrics, ExecutorService threads) {
    this.server = server;
    this.metrics = metrics;
    this.threads = threads;
  }

  /**
   * Begins to serve; adds its own metrics to the registry.
   *
   * @param config empty for plain HTTP and everybody
   * @param status asked at each request for {@code /} and {@code /-/ready}
   * @throws IOException if the address cannot be bound, such as a port in use
   */
  public static WebServer start(
      InetSocketAddress address,
      Optional<WebConfigFile> config,
      PrometheusRegistry registry,
      Supplier<ExporterStatus> status)
      throws IOException {
    return start(address, config, registry, status, () -> CostOverview.NONE);
  }

  /**
   * As above.
   *
   * @param costs asked at each request for {@code /}, once there are some
   */
  public static WebServer start(
      InetSocketAddress address,
      Optional<WebConfigFile> config,
      PrometheusRegistry registry,
      Supplier<ExporterStatus> status,
      Supplier<CostOverview> costs)
      throws IOException {
    return start(address, config, registry, status, costs, new Deliveries());
  }

  static WebServer start(
      InetSocketAddress address,
      Optional<WebConfigFile> config,
      PrometheusRegistry registry,
      Supplier<ExporterStatus> status,
      Deliveries deliveries)
      throws IOException {
    return start(address, config, registry, status, () -> CostOverview.NONE, deliveries);
  }

  private static WebServer start(
      InetSocketAddress address,
      Optional<WebConfigFile> config,
      PrometheusRegistry registry,
      Supplier<ExporterStatus> status,
      Supplier<CostOverview> costs,
      Deliveries deliveries)
      throws IOException {
    ServerLimits.set();
    Supplier<WebConfig> current =
        config.<Supplier<WebConfig>>map(file -> file::current).orElse(() -> WebConfig.OPEN);
    HttpServer server = current.get().tls().isPresent() ? https(current) : HttpServer.create();
    server.bind(address, 0);
    MetricsPage metrics = new MetricsPage(registry, deliveries);
    registry.register(new WebMetrics(metrics, config));
    server.createContext(
        "/",
        new Routes(
            new AccessControl(current),
            Map.of(
                "/", exchange -> landing(exchange, status.get(), costs),
                "/metrics", metrics,
                "/-/healthy", exchange -> healthy(exchange, status.get()),
                "/-/ready", exchange -> ready(exchange, status.get()))));
    ExecutorService threads = threads();
    server.setExecutor(threads);
    server.start();
    return new WebServer(server, metrics, threads);
  }

  /** Where it listens, on the port that was free where port 0 was asked for. */
  public URI address() {
    InetSocketAddress address = server.getAddress();
    String scheme = server instanceof HttpsServer ? "https" : "http";
    String host = address.getAddress().getHostAddress();
    return URI.create(
        "%s://%s:%d/"
            .formatted(scheme, host.contains(":") ? "[" + host + "]" : host, address.getPort()));
  }

  @Override
  public void close() {
    server.stop(0);
    metrics.close();
    threads.shutdownNow();
  }

  /**
   * A client that is slow to ask has one while it does; more wait for the next that is free. A
   * thread that is free is used before another is made, which a queue that takes every task would
   * not do.
   */
  private static ExecutorService threads() {
    LinkedTransferQueue<Runnable> waiting =
        new LinkedTransferQueue<>() {
          @Override
          public boolean offer(Runnable task) {
            return tryTransfer(task);
          }
        };
    return new ThreadPoolExecutor(
        0,
        MOST_THREADS,
        30,
        TimeUnit.SECONDS,
        waiting,
        task -> {
          Thread thread = new Thread(null, task, "web", STACK);
          thread.setDaemon(true);
          return thread;
        },
        (task, full) -> waiting.put(task));
  }

  private static HttpsServer https(Supplier<WebConfig> config) throws IOException {
    Supplier<TlsConfig> tls = () -> config.get().tls().orElseThrow();
    HttpsServer server = HttpsServer.create();
    server.setHttpsConfigurator(
        new HttpsConfigurator(new SwitchingContext(() -> tls.get().context())) {
          @Override
          public void configure(HttpsParameters connection) {
            connection.setSSLParameters(tls.get().parameters());
          }
        });
    return server;
  }

  private static void landing(
      HttpExchange exchange, ExporterStatus status, Supplier<CostOverview> costs)
      throws IOException {
    Answer.send(
        exchange,
        200,
        "text/html; charset=utf-8",
        LandingPage.html(status, status.notReady().isPresent() ? CostOverview.NONE : costs.get()));
  }

  private static void healthy(HttpExchange exchange, ExporterStatus status) throws IOException {
    Answer.line(
        exchange,
        status.unhealthy().isPresent() ? 503 : 200,
        status.unhealthy().map(why -> "not healthy, " + why).orElse("healthy"));
  }

  private static void ready(HttpExchange exchange, ExporterStatus status) throws IOException {
    Answer.line(exchange, status.whyNotReady().isPresent() ? 503 : 200, status.readiness());
  }
}

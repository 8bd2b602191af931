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
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves {@code /}, {@code /metrics}, {@code /-/healthy} and {@code /-/ready}. */
public final class WebServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;

  private WebServer(HttpServer server, ExecutorService threads) {
    this.server = server;
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
    ServerLimits.set();
    Supplier<WebConfig> current =
        config.<Supplier<WebConfig>>map(file -> file::current).orElse(() -> WebConfig.OPEN);
    HttpServer server = current.get().tls().isPresent() ? https(current) : HttpServer.create();
    server.bind(address, 0);
    MetricsPage metrics = new MetricsPage(registry);
    registry.register(new WebMetrics(metrics, config));
    server.createContext(
        "/",
        new Routes(
            new AccessControl(current),
            Map.of(
                "/", exchange -> landing(exchange, status.get()),
                "/metrics", metrics,
                "/-/healthy", exchange -> Answer.line(exchange, 200, "healthy"),
                "/-/ready", exchange -> ready(exchange, status.get()))));
    // The limit of connections is one of threads too.
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "web");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.start();
    return new WebServer(server, threads);
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
    threads.shutdownNow();
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

  private static void landing(HttpExchange exchange, ExporterStatus status) throws IOException {
    Answer.send(exchange, 200, "text/html; charset=utf-8", LandingPage.html(status));
  }

  private static void ready(HttpExchange exchange, ExporterStatus status) throws IOException {
    Answer.line(
        exchange,
        status.notReady().isPresent() ? 503 : 200,
        status
            .notReady()
            .map(why -> "not ready, " + why)
            .or(() -> status.missing().map(what -> "ready, without " + what))
            .orElse("ready"));
  }
}

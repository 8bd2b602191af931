package io.namespend.testbed.cadvisor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.namespend.testbed.simulation.SimNode;
import io.namespend.testbed.simulation.SimulatedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.stream.Collectors;

/**
 * The cAdvisor pages of all nodes, each at its own path, and the list of them for Prometheus' HTTP
 * service discovery.
 */
public final class CadvisorServer implements AutoCloseable {
  private static final String PATH = "/metrics/cadvisor/";

  private final SimulatedCluster cluster;
  private final Clock clock;
  private final HttpServer server;

  private CadvisorServer(SimulatedCluster cluster, Clock clock, HttpServer server) {
    this.cluster = cluster;
    this.clock = clock;
    this.server = server;
  }

  /** Serves on a free loopback port. */
  public static CadvisorServer start(SimulatedCluster cluster, Clock clock) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      CadvisorServer cadvisor = new CadvisorServer(cluster, clock, server);
      server.createContext(PATH, cadvisor::page);
      server.createContext("/targets", cadvisor::targets);
      server.start();
      return cadvisor;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String targetsUrl() {
    return "http://" + authority() + "/targets";
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private String authority() {
    return server.getAddress().getHostString() + ":" + server.getAddress().getPort();
  }

  private void targets(HttpExchange exchange) throws IOException {
    String targets =
        cluster.nodesAt(now()).stream()
            .map(
                node ->
                    """
                    {"targets": ["%s"], "labels": {"node": "%s", "__metrics_path__": "%s"}}\
                    """
                        .formatted(authority(), node.name(), PATH + node.name()))
            .collect(Collectors.joining(",", "[", "]"));
    answer(exchange, "application/json", targets);
  }

  private void page(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring(PATH.length());
    long second = now();
    String text =
        cluster.nodesAt(second).stream()
            .filter(node -> node.name().equals(name))
            .map(node -> text(node, second))
            .collect(Collectors.joining());
    answer(exchange, "text/plain; version=0.0.4; charset=utf-8", text);
  }

  private String text(SimNode node, long second) {
    StringBuilder text = new StringBuilder();
    for (String metric : CadvisorRows.METRICS) {
      String type = metric.endsWith("_total") ? "counter" : "gauge";
      text.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
      for (CadvisorSample row : CadvisorRows.of(cluster, node, second)) {
        if (row.metric().equals(metric)) {
          text.append(SeriesText.of(row.metric(), row.labels()))
              .append(' ')
              .append(row.value())
              .append('\n');
        }
      }
    }
    return text.toString();
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private static void answer(HttpExchange exchange, String type, String body) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}

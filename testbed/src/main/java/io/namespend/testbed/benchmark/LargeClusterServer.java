package io.namespend.testbed.benchmark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What Prometheus scrapes in a large cluster: cAdvisor and kube-state-metrics in shards, and the
 * exporter. Pages are written as they are sent.
 */
final class LargeClusterServer implements AutoCloseable {
  private static final int SHARDS = 10;
  private static final int BUFFER = 1 << 16;

  private final LargeCluster cluster;
  private final Clock clock;
  private final HttpServer server;

  private LargeClusterServer(LargeCluster cluster, Clock clock, HttpServer server) {
    this.cluster = cluster;
    this.clock = clock;
    this.server = server;
  }

  /** Serves on a free loopback port. */
  static LargeClusterServer start(LargeCluster cluster, Clock clock) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      LargeClusterServer pages = new LargeClusterServer(cluster, clock, server);
      server.createContext(
          "/cadvisor/", exchange -> pages.answer(exchange, new CadvisorPage(cluster)::write));
      server.createContext(
          "/kube-state-metrics/",
          exchange -> pages.answer(exchange, new KubeStateMetricsPage(cluster)::write));
      server.createContext(
          "/namespend-exporter/",
          exchange -> pages.answer(exchange, new ExporterPage(cluster)::write));
      server.start();
      return pages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Namespend's rules read. */
  List<String> ownScrapeJobs() {
    return List.of(job("cadvisor", SHARDS), job("namespend-exporter", 1));
  }

  /** A scrape job for each page. */
  List<String> scrapeJobs() {
    return List.of(
        job("cadvisor", SHARDS), job("kube-state-metrics", SHARDS), job("namespend-exporter", 1));
  }

  private String job(String name, int shards) {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, shards)
        .forEach(
            shard ->
                text.append(
                    """
                      - job_name: %s-%d
                        honor_labels: true
                        metrics_path: /%s/%d-of-%d
                        static_configs: [{targets: ["%s:%d"]}]
                    """
                        .formatted(
                            name,
                            shard,
                            name,
                            shard,
                            shards,
                            server.getAddress().getHostString(),
                            server.getAddress().getPort())));
    return text.toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange, Page page) throws IOException {
    String[] shard = exchange.getRequestURI().getPath().replaceAll(".*/", "").split("-of-", 2);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    try (exchange;
        Writer out =
            new BufferedWriter(
                new OutputStreamWriter(exchange.getResponseBody(), StandardCharsets.UTF_8),
                BUFFER)) {
      int of = Integer.parseInt(shard[1]);
      int part = Integer.parseInt(shard[0]);
      int pods = cluster.podsWithFinished();
      page.write(
          new Series(out),
          (int) ((long) pods * part / of),
          (int) ((long) pods * (part + 1) / of),
          clock.instant().getEpochSecond());
    }
  }

  /** Writes the series of a range of pods. */
  private interface Page {
    void write(Series out, int firstPod, int endPod, long second) throws IOException;
  }
}

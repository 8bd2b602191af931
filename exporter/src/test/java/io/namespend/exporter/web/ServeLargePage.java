package io.namespend.exporter.web;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A server as a process, since the limits are those of a whole JVM. Ends with its input. */
final class ServeLargePage {
  private ServeLargePage() {}

  public static void main(String[] args) throws Exception {
    PrometheusRegistry registry = new PrometheusRegistry();
    Gauge gauge =
        Gauge.builder()
            .name("large")
            .help("More than buffers take.")
            .labelNames("of")
            .register(registry);
    for (int i = 0; i < 100; i++) {
      gauge.labelValues(i + "x".repeat(300_000)).set(i);
    }
    WebServer server =
        WebServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.empty(),
            registry,
            () -> new ExporterStatus("test", Instant.EPOCH, Optional.empty(), List.of()));
    System.out.println(server.address());
    while (System.in.read() >= 0) {
      // Until the test is over, whatever happens to it.
    }
  }
}

package io.namespend.exporter.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.model.registry.MetricNameFilter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /metrics}: Prometheus text, OpenMetrics or protobuf, as the client asks; compressed if it
 * may be. The text is never whole in memory: it is made in compressed parts, which all clients
 * share, and of which those that did not change are kept. Protobuf and single metrics are written
 * for each client anew, for one after the other.
 */
final class MetricsPage implements HttpHandler, AutoCloseable {
  /** Of what is written for one client alone. */
  private static final int UNSHARED_AT_ONCE = 1;

  /** Prometheus gives up after ten. */
  private static final long SECONDS_TO_WAIT = 8;

  private static final int BUFFER = 16 * 1024;

  /** Names of metrics and labels are such that no way to escape them changes any. */
  private static final EscapingScheme ANY_ESCAPING = EscapingScheme.UNDERSCORE_ESCAPING;

  private final PrometheusRegistry registry;
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final Semaphore unshared = new Semaphore(UNSHARED_AT_ONCE, true);
  private final Deliveries deliveries;
  private final AtomicLong refused = new AtomicLong();

  /** By content type, of which there are two. */
  private final Map<String, CompressedText> texts = new ConcurrentHashMap<>();

  MetricsPage(PrometheusRegistry registry, Deliveries deliveries) {
    this.registry = registry;
    this.deliveries = deliveries;
  }

  /** How many scrapes found too many others. */
  long refused() {
    return refused.get();
  }

  /** How many clients took their page too slowly. */
  long cut() {
    return deliveries.cut();
  }

  @Override
  public void close() {
    deliveries.close();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Optional<Deliveries.Delivery> place = deliveries.begin();
    if (place.isEmpty()) {
      refuse(exchange, "too many scrapes at once; %d are served".formatted(Deliveries.MOST));
      return;
    }
    try (Deliveries.Delivery delivery = place.get()) {
      scrape(exchange, delivery);
    }
  }

  private void refuse(HttpExchange exchange, String why) throws IOException {
    refused.incrementAndGet();
    exchange.getResponseHeaders().set("Retry-After", "5");
    Answer.line(exchange, 503, why);
  }

  private void scrape(HttpExchange exchange, Deliveries.Delivery delivery) throws IOException {
    Headers asked = exchange.getRequestHeaders();
    String accept = Optional.ofNullable(asked.getFirst("Accept")).orElse("");
    ExpositionFormatWriter writer = formats.findWriter(accept);
    EscapingScheme escaping = EscapingScheme.fromAcceptHeader(accept);
    boolean gzip = acceptsGzip(asked.getOrDefault("Accept-Encoding", List.of()));
    Headers answer = exchange.getResponseHeaders();
    answer.set("Content-Type", writer.getContentType());
    answer.set("Vary", "Accept, Accept-Encoding");
    if (gzip) {
      answer.set("Content-Encoding", "gzip");
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      try (exchange) {
        exchange.sendResponseHeaders(200, -1);
      }
      return;
    }
    List<String> names = names(exchange.getRequestURI().getRawQuery());
    // Closed only when all is written: closing ends the answer, and half of one would look whole.
    // The server cuts the connection of a handler that throws.
    if (names.isEmpty() && !(writer instanceof PrometheusProtobufWriter)) {
      List<GzipParts.Part> parts = text(writer).of(registry.scrape());
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = new BufferedOutputStream(delivery.to(exchange.getResponseBody()), BUFFER);
      if (gzip) {
        GzipParts.write(out, parts);
      } else {
        GzipParts.writeText(out, parts);
      }
      out.close();
    } else if (!awaitTurn()) {
      answer.remove("Content-Encoding");
      refuse(exchange, "too many scrapes of protobuf or of single metrics at once");
      return;
    } else {
      try {
        MetricSnapshots snapshots = snapshots(names);
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = delivery.to(exchange.getResponseBody());
        OutputStream out = gzip ? new FastGzip(body) : new BufferedOutputStream(body, BUFFER);
        writer.write(out, snapshots, escaping);
        out.close();
      } finally {
        unshared.release();
      }
    }
    exchange.close();
  }

  private boolean awaitTurn() throws IOException {
    try {
      return unshared.tryAcquire(SECONDS_TO_WAIT, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", e);
    }
  }

  private CompressedText text(ExpositionFormatWriter writer) {
    return texts.computeIfAbsent(
        writer.getContentType(), format -> new CompressedText(writer, ANY_ESCAPING));
  }

  private MetricSnapshots snapshots(List<String> names) {
    return names.isEmpty()
        ? registry.scrape()
        : registry.scrape(MetricNameFilter.builder().nameMustBeEqualTo(names).build());
  }

  /** Values of {@code name[]}, the filter that Prometheus' clients have. */
  private static List<String> names(@Nullable String query) {
    return Stream.of(Optional.ofNullable(query).orElse("").split("&"))
        .map(parameter -> URLDecoder.decode(parameter, StandardCharsets.UTF_8))
        .filter(parameter -> parameter.startsWith("name[]="))
        .map(parameter -> parameter.substring("name[]=".length()))
        .toList();
  }

  /** RFC 9110, section 12.5.3: {@code gzip;q=0} says no. */
  private static boolean acceptsGzip(List<String> headers) {
    return headers.stream()
        .flatMap(header -> Stream.of(header.toLowerCase(Locale.ROOT).split(",")))
        .map(coding -> coding.replace(" ", ""))
        .anyMatch(coding -> coding.matches("(x-)?gzip(;q=(1(\\.0*)?|0?\\.0*[1-9]\\d*))?"));
  }

  /** At the fastest level, since a scrape waits for it. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}

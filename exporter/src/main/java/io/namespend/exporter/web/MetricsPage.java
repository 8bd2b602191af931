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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /metrics}: Prometheus text, OpenMetrics or protobuf, as the client asks; compressed if it
 * may be. The text is never whole in memory: compressed it is written in parts, of which those that
 * did not change are kept compressed, else series by series into the connection.
 */
final class MetricsPage implements HttpHandler {
  /** Two replicas of Prometheus, an agent, and somebody looking, twice. */
  private static final int AT_ONCE = 8;

  private static final int BUFFER = 16 * 1024;

  /** Of which the compressed text is kept for the next scrape. */
  private static final int FORMATS = 2;

  private final PrometheusRegistry registry;
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final Semaphore scrapes = new Semaphore(AT_ONCE);
  private final AtomicLong refused = new AtomicLong();

  /** By format; of those that were asked for last. */
  private final Map<String, CompressedText> texts =
      new LinkedHashMap<>(4, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompressedText> eldest) {
          return size() > FORMATS;
        }
      };

  MetricsPage(PrometheusRegistry registry) {
    this.registry = registry;
  }

  /** How many scrapes found too many others. */
  long refused() {
    return refused.get();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (!scrapes.tryAcquire()) {
      refused.incrementAndGet();
      exchange.getResponseHeaders().set("Retry-After", "5");
      Answer.line(exchange, 503, "too many scrapes at once; %d are served".formatted(AT_ONCE));
      return;
    }
    try {
      scrape(exchange);
    } finally {
      scrapes.release();
    }
  }

  private void scrape(HttpExchange exchange) throws IOException {
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
    MetricSnapshots snapshots = snapshots(names);
    exchange.sendResponseHeaders(200, 0);
    // Closed only when all is written: closing ends the answer, and half of one would look whole.
    // The server cuts the connection of a handler that throws.
    OutputStream body = exchange.getResponseBody();
    if (gzip && names.isEmpty() && !(writer instanceof PrometheusProtobufWriter)) {
      OutputStream out = new BufferedOutputStream(body, BUFFER);
      GzipParts.write(out, text(writer, escaping).of(snapshots));
      out.close();
    } else {
      OutputStream out = gzip ? new FastGzip(body) : new BufferedOutputStream(body, BUFFER);
      writer.write(out, snapshots, escaping);
      out.close();
    }
    exchange.close();
  }

  private CompressedText text(ExpositionFormatWriter writer, EscapingScheme escaping) {
    synchronized (texts) {
      return texts.computeIfAbsent(
          writer.getContentType() + escaping, format -> new CompressedText(writer, escaping));
    }
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

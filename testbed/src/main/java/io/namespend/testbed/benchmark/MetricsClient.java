package io.namespend.testbed.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Scrapes as Prometheus does. */
final class MetricsClient {
  private static final String ACCEPT =
      "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
          + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI address;

  MetricsClient(URI exporter) {
    address = exporter.resolve("/metrics");
  }

  /**
   * A scrape whose content nobody looks at.
   *
   * @param compressedBytes as they came
   */
  record Scrape(double seconds, long compressedBytes) {}

  Scrape scrape() {
    long start = System.nanoTime();
    try (InputStream body = open().body()) {
      long bytes = body.transferTo(OutputStream.nullOutputStream());
      return new Scrape((System.nanoTime() - start) / 1e9, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("scrape", e);
    }
  }

  /** Reads the page line by line. */
  void read(Consumer<String> line) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(open().body()), StandardCharsets.UTF_8))) {
      lines.lines().forEach(line);
    } catch (IOException e) {
      throw new UncheckedIOException("scrape", e);
    }
  }

  private HttpResponse<InputStream> open() throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Accept", ACCEPT)
            .header("Accept-Encoding", "gzip")
            .build();
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() != 200
          || !response.headers().firstValue("Content-Encoding").equals(Optional.of("gzip"))) {
        throw new IOException(address + " answers " + response);
      }
      return response;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}

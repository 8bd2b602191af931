package io.namespend.testbed.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What the benchmarks ask a Prometheus. */
public final class PrometheusApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI address;

  public PrometheusApi(URI address) {
    this.address = address;
  }

  /**
   * The answer's {@code result}.
   *
   * @throws IllegalStateException if Prometheus refuses
   */
  public JsonNode query(String promql, Instant at) {
    return get("/api/v1/query?time="
            + BigDecimal.valueOf(at.toEpochMilli(), 3).toPlainString()
            + "&timeout=10m&query="
            + URLEncoder.encode(promql, StandardCharsets.UTF_8))
        .path("result");
  }

  /**
   * The answer's {@code result} at each step, both ends included.
   *
   * @throws IllegalStateException if Prometheus refuses
   */
  public JsonNode range(String promql, Instant from, Instant to, Duration step) {
    return get("/api/v1/query_range?start="
            + from.getEpochSecond()
            + "&end="
            + to.getEpochSecond()
            + "&step="
            + step.toSeconds()
            + "&query="
            + URLEncoder.encode(promql, StandardCharsets.UTF_8))
        .path("result");
  }

  /**
   * The values of a label in a time range, sorted.
   *
   * @param match the series to look at; all, if empty
   */
  public List<String> labelValues(String label, Optional<String> match, Instant from, Instant to) {
    JsonNode values =
        get(
            "/api/v1/label/%s/values?start=%d&end=%d%s"
                .formatted(
                    label,
                    from.getEpochSecond(),
                    to.getEpochSecond(),
                    match
                        .map(m -> "&match%5B%5D=" + URLEncoder.encode(m, StandardCharsets.UTF_8))
                        .orElse("")));
    return StreamSupport.stream(values.spliterator(), false).map(JsonNode::asText).toList();
  }

  /**
   * The single value of the answer.
   *
   * @throws IllegalStateException if there is none or more than one
   */
  double value(String promql, Instant at) {
    JsonNode result = query(promql, at);
    if (result.size() != 1) {
      throw new IllegalStateException(promql + " has " + result.size() + " results");
    }
    return result.path(0).path("value").path(1).asDouble();
  }

  JsonNode ruleGroups() {
    return get("/api/v1/rules").path("groups");
  }

  double residentBytes() {
    return text("/metrics")
        .lines()
        .filter(line -> line.startsWith("process_resident_memory_bytes "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode get(String path) {
    try {
      JsonNode answer = JSON.readTree(text(path));
      if (!answer.path("status").asText().equals("success")) {
        throw new IllegalStateException(path + ": " + answer.path("error").asText());
      }
      return answer.path("data");
    } catch (IOException e) {
      throw new IllegalStateException(path + " gave no JSON", e);
    }
  }

  private String text(String path) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address + path))
              .timeout(Duration.ofMinutes(10))
              .build();
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return response.body();
    } catch (IOException e) {
      throw new IllegalStateException("prometheus does not answer " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}

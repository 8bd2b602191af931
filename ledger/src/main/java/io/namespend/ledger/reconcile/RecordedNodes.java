package io.namespend.ledger.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hours and dollars of nodes, minute by minute, as the exporter published them. */
public final class RecordedNodes {
  /** Of several replicas one; by minute, whatever the scrape interval is. */
  private static final String PRICES =
      "(max by (cluster, node, provider_id)"
          + " (node_total_hourly_cost{job=~\"(namespend.*)?\"}))[1d:1m]";

  private static final BigDecimal MINUTES = BigDecimal.valueOf(60);
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final int OK = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI prometheus;
  private final HttpClient http;

  /**
   * @param prometheus its address, with the path that its API is below
   */
  public RecordedNodes(URI prometheus, HttpClient http) {
    this.prometheus = prometheus;
    this.http = http;
  }

  /**
   * A node, while its series had these labels.
   *
   * @param providerId as Kubernetes has it
   */
  public record Node(String cluster, String name, String providerId) {}

  /** How long it was there, and what it cost at its published prices. */
  public record Recorded(BigDecimal hours, BigDecimal cost) {
    Recorded plus(Recorded other) {
      return new Recorded(hours.add(other.hours), cost.add(other.cost));
    }
  }

  /**
   * Of the days of a month up to one.
   *
   * @throws PrometheusException if there is no answer
   */
  public Map<Node, Recorded> read(YearMonth month, LocalDate until) {
    Map<Node, Recorded> nodes = new HashMap<>();
    for (LocalDate day = month.atDay(1); !day.isAfter(until); day = day.plusDays(1)) {
      Instant last = day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).minusSeconds(1);
      for (Sample sample : query("count_over_time(" + PRICES + ")", last)) {
        nodes.merge(
            sample.node(), new Recorded(hours(sample.value()), BigDecimal.ZERO), Recorded::plus);
      }
      for (Sample sample : query("sum_over_time(" + PRICES + ")", last)) {
        nodes.merge(
            sample.node(), new Recorded(BigDecimal.ZERO, hours(sample.value())), Recorded::plus);
      }
    }
    return nodes;
  }

  private static BigDecimal hours(BigDecimal minutes) {
    return minutes.divide(MINUTES, java.math.MathContext.DECIMAL64);
  }

  private record Sample(Node node, BigDecimal value) {}

  private List<Sample> query(String promql, Instant at) {
    String base = prometheus.toString().replaceFirst("/+$", "");
    URI uri =
        URI.create(
            "%s/api/v1/query?time=%d&query=%s"
                .formatted(
                    base, at.getEpochSecond(), URLEncoder.encode(promql, StandardCharsets.UTF_8)));
    JsonNode answer = answer(uri);
    List<Sample> samples = new ArrayList<>();
    for (JsonNode series : answer.path("data").path("result")) {
      JsonNode labels = series.path("metric");
      BigDecimal value = number(series.path("value").path(1).asText());
      samples.add(
          new Sample(
              new Node(
                  labels.path("cluster").asText(""),
                  labels.path("node").asText(""),
                  labels.path("provider_id").asText("")),
              value));
    }
    return samples;
  }

  private BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new PrometheusException(
          "%s: has a price that is %s; look at node_total_hourly_cost".formatted(prometheus, text),
          e);
    }
  }

  private JsonNode answer(URI uri) {
    try {
      HttpResponse<byte[]> response =
          http.send(
              HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      JsonNode answer = JSON.readTree(response.body());
      if (response.statusCode() != OK || !answer.path("status").asText().equals("success")) {
        throw new PrometheusException(
            "%s: answers with HTTP %d: %s; check --prometheus"
                .formatted(
                    prometheus,
                    response.statusCode(),
                    answer.path("error").asText("no answer of Prometheus")));
      }
      return answer;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new PrometheusException(prometheus + ": its answer is no JSON; check --prometheus", e);
    } catch (IOException e) {
      throw new PrometheusException(
          "%s: cannot be reached (%s); check --prometheus"
              .formatted(prometheus, e.getClass().getSimpleName()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PrometheusException(prometheus + ": interrupted", e);
    }
  }
}

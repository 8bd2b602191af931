package io.namespend.reporter.prometheus;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads what came back for one query. */
final class Answer {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final PrometheusUrl url;
  private final String promql;

  Answer(PrometheusUrl url, String promql) {
    this.url = requireNonNull(url, "url");
    this.promql = requireNonNull(promql, "promql");
  }

  /** What was answered, and what Prometheus wants known about it. */
  record Result<T>(List<T> elements, List<String> warnings) {}

  Result<Sample> vector(HttpResponse<byte[]> response) {
    return read(response, "vector", this::sample);
  }

  Result<Series> matrix(HttpResponse<byte[]> response) {
    return read(response, "matrix", this::series);
  }

  private <T> Result<T> read(
      HttpResponse<byte[]> response, String type, Function<JsonNode, T> element) {
    JsonNode body = json(response.body());
    if (body.path("status").asText().equals("error")) {
      throw new PrometheusException(
          "%s refuses the query %s: %s: %s (HTTP %d); %s"
              .formatted(
                  url,
                  promql,
                  body.path("errorType").asText("error"),
                  body.path("error").asText("no reason given"),
                  response.statusCode(),
                  queryRemedy(response.statusCode())));
    }
    if (response.statusCode() >= 300 && response.statusCode() < 400) {
      throw new PrometheusException(
          "%s redirects to %s; if that is a login page, give credentials that the API takes"
                  .formatted(
                      url, response.headers().firstValue("Location").map(Answer::place).orElse("?"))
              + " (prometheus.bearerToken or .headers), or the address behind it, such as that of"
              + " the Service");
    }
    if (response.statusCode() != 200) {
      throw new PrometheusException(
          "%s answers HTTP %d; %s"
              .formatted(url, response.statusCode(), remedy(response.statusCode())));
    }
    JsonNode data = body.path("data");
    if (!body.path("status").asText().equals("success")
        || !data.path("resultType").asText().equals(type)) {
      throw notPrometheus(response);
    }
    List<T> elements = new ArrayList<>();
    try {
      data.path("result").forEach(one -> elements.add(element.apply(one)));
    } catch (NumberFormatException e) {
      throw notPrometheus(response);
    }
    List<String> warnings = new ArrayList<>();
    body.path("warnings").forEach(warning -> warnings.add(warning.asText()));
    return new Result<>(elements, warnings);
  }

  private Sample sample(JsonNode element) {
    return new Sample(labels(element), number(element.path("value").path(1).asText()));
  }

  private Series series(JsonNode element) {
    Map<Instant, Double> values = new HashMap<>();
    for (JsonNode value : element.path("values")) {
      values.put(
          Instant.ofEpochMilli(Math.round(number(value.path(0).asText()) * 1000)),
          number(value.path(1).asText()));
    }
    return new Series(labels(element), values);
  }

  private static Map<String, String> labels(JsonNode element) {
    Map<String, String> labels = new HashMap<>();
    element
        .path("metric")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static JsonNode json(byte[] body) {
    try {
      return requireNonNull(JSON.<JsonNode>readValue(body));
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private PrometheusException notPrometheus(HttpResponse<byte[]> response) {
    String type = response.headers().firstValue("Content-Type").orElse("no content type");
    return new PrometheusException(
        "%s answers, but not as Prometheus does (%s from %s); is it a login page, or does"
                .formatted(url, type, response.uri().getAuthority())
            + " Prometheus live below another path?");
  }

  /** Without what stands behind the path, which can be a token. */
  private static String place(String location) {
    return location.replaceFirst("[?#].*$", "");
  }

  private static String queryRemedy(int status) {
    return status >= 500
        ? "try again when Prometheus has less to do, or raise its --query.timeout"
        : "check its version (2.40 or newer) and its limits (--query.max-samples)";
  }

  private static String remedy(int status) {
    return switch (status) {
      case 401, 403 ->
          "it wants other credentials: give a settings file with prometheus.bearerToken or"
              + " .basicAuth, or a --header NAME=FILE";
      case 404, 405 ->
          "there is no query API at that path: does Prometheus live below another one"
              + " (its --web.external-url)?";
      case 429 -> "it has too much to do; try again later, or raise the limits of this tenant";
      default ->
          status >= 500
              ? "look at the log of Prometheus, or of the proxy before it"
              : "give the address of Prometheus itself, not of a page that leads to it";
    };
  }
}

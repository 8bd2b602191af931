package io.namespend.reporter.prometheus;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  InstantVector read(HttpResponse<byte[]> response) {
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
    if (response.statusCode() != 200) {
      throw new PrometheusException(
          "%s answers HTTP %d; %s"
              .formatted(url, response.statusCode(), remedy(response.statusCode())));
    }
    JsonNode data = body.path("data");
    if (!body.path("status").asText().equals("success")
        || !data.path("resultType").asText().equals("vector")) {
      throw notPrometheus(response);
    }
    List<Sample> samples = new ArrayList<>();
    for (JsonNode element : data.path("result")) {
      samples.add(sample(element, response));
    }
    List<String> warnings = new ArrayList<>();
    body.path("warnings").forEach(warning -> warnings.add(warning.asText()));
    return new InstantVector(samples, warnings);
  }

  private Sample sample(JsonNode element, HttpResponse<byte[]> response) {
    Map<String, String> labels = new HashMap<>();
    element
        .path("metric")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    try {
      return new Sample(labels, number(element.path("value").path(1).asText()));
    } catch (NumberFormatException e) {
      throw notPrometheus(response);
    }
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

  private static String queryRemedy(int status) {
    return status >= 500
        ? "try again when Prometheus has less to do, or raise its --query.timeout"
        : "check its version (2.40 or newer) and its limits (--query.max-samples)";
  }

  private static String remedy(int status) {
    return switch (status) {
      case 401, 403 ->
          "it wants credentials, which the reporter cannot send yet: use the address that"
              + " Prometheus has inside the cluster, or a port-forward";
      case 404, 405 ->
          "there is no query API at that path: does Prometheus live below another one"
              + " (its --web.external-url)?";
      default ->
          status >= 500
              ? "look at the log of Prometheus, or of the proxy before it"
              : "give the address of Prometheus itself, not of a page that leads to it";
    };
  }
}

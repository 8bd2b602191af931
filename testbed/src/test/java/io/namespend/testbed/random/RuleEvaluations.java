package io.namespend.testbed.random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;

/** When rule groups were evaluated. */
final class RuleEvaluations {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PAUSE_MILLIS = 100;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final URI rules;

  RuleEvaluations(URI prometheus) {
    this.rules = prometheus.resolve("/api/v1/rules");
  }

  /**
   * Returns when what is there now has gone through all groups in the order of their files. Those
   * of the base are numbered so that they read what files before them wrote.
   */
  void awaitPass() throws InterruptedException {
    for (String group : lastEvaluations().keySet()) {
      awaitNext(group);
    }
  }

  /** Waits for an evaluation that has not begun yet. */
  private void awaitNext(String group) throws InterruptedException {
    Instant begin = Clock.systemUTC().instant();
    while (lastEvaluations().getOrDefault(group, Instant.MIN).isBefore(begin)) {
      if (Clock.systemUTC().instant().isAfter(begin.plus(PATIENCE))) {
        throw new AssertionError("%s was not evaluated within %s".formatted(group, PATIENCE));
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** By the group's file and name, in that order. */
  private Map<String, Instant> lastEvaluations() throws InterruptedException {
    Map<String, Instant> evaluations = new TreeMap<>();
    for (JsonNode group : get().path("data").path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        if (rule.has("lastError")) {
          throw new AssertionError(rule.path("name") + ": " + rule.path("lastError"));
        }
      }
      Instant last = OffsetDateTime.parse(group.path("lastEvaluation").asText()).toInstant();
      evaluations.put(group.path("file").asText() + " " + group.path("name").asText(), last);
    }
    return evaluations;
  }

  private JsonNode get() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(rules).build();
      return json.readTree(http.send(request, BodyHandlers.ofByteArray()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

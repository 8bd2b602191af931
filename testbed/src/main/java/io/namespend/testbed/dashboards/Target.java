package io.namespend.testbed.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/**
 * A query of a panel or an annotation, with its variables.
 *
 * @param place where it stands: dashboard, panel and letter
 * @param points how many points wide the panel is
 * @param timeFrom the panel's own time range, or empty
 * @param repeatedBy variables for each of whose values the panel is there once
 */
public record Target(
    String place,
    String refId,
    String promql,
    boolean instant,
    boolean range,
    Duration leastStep,
    int points,
    String timeFrom,
    List<String> repeatedBy) {
  /** Of a panel that is half as wide as a large screen. */
  private static final int POINTS = 1000;

  static Target of(String place, JsonNode panel, JsonNode target, List<String> repeatedBy) {
    boolean instant = target.path("instant").asBoolean();
    String least = target.path("interval").asText(panel.path("interval").asText(""));
    return new Target(
        place + " (" + target.path("refId").asText() + ")",
        target.path("refId").asText(),
        target.path("expr").asText(),
        instant,
        target.path("range").asBoolean(!instant),
        TimeRange.duration(least.isEmpty() ? "1m" : least.replaceFirst("^>", "")),
        panel.path("maxDataPoints").asInt(POINTS),
        panel.path("timeFrom").asText(""),
        repeatedBy);
  }

  static Target ofAnnotation(String dashboard, JsonNode annotation) {
    JsonNode target = annotation.has("expr") ? annotation : annotation.path("target");
    return new Target(
        dashboard + ": annotation " + annotation.path("name").asText(),
        "Anno",
        target.path("expr").asText(),
        false,
        true,
        TimeRange.duration(target.path("step").asText("60s")),
        POINTS,
        "",
        List.of());
  }
}

package io.namespend.testbed.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A panel that is no row.
 *
 * @param dashboard the uid of its dashboard
 * @param row title of the row it stands in, empty before the first
 * @param rowRepeatedBy the variable that repeats the row, or empty
 */
public record Panel(String dashboard, JsonNode json, String row, String rowRepeatedBy) {
  public String title() {
    return json.path("title").asText();
  }

  public String type() {
    return json.path("type").asText();
  }

  public String place() {
    return dashboard + ": " + (title().isEmpty() ? "panel " + json.path("id").asInt() : title());
  }

  /** Its queries; hidden ones are not asked. */
  public List<Target> targets() {
    List<String> repeatedBy = new ArrayList<>();
    for (String variable : List.of(rowRepeatedBy, json.path("repeat").asText(""))) {
      if (!variable.isEmpty()) {
        repeatedBy.add(variable);
      }
    }
    return StreamSupport.stream(json.path("targets").spliterator(), false)
        .filter(target -> !target.path("hide").asBoolean() && target.has("expr"))
        .map(target -> Target.of(place(), json, target, repeatedBy))
        .toList();
  }
}

package io.namespend.testbed.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A recording rule or an alert, and where it stands. */
public record Rule(String file, String group, String interval, JsonNode body) {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

  /** The recorded series or the alert. */
  public String name() {
    return body.path("record").asText(body.path("alert").asText());
  }

  public String expression() {
    return body.path("expr").asText();
  }

  /** This rule with an expression in the place of a selector. */
  Rule reading(String selector, String instead) {
    if (!expression().contains(selector)) {
      return this;
    }
    ObjectNode changed = body.deepCopy();
    changed.put("expr", expression().replace(selector, "(" + instead + ")"));
    return new Rule(file, group, interval, changed);
  }

  /** Which of the names the expression reads. */
  Set<String> reads(Set<String> names) {
    return NAME.matcher(expression())
        .results()
        .map(MatchResult::group)
        .filter(names::contains)
        .collect(Collectors.toSet());
  }
}

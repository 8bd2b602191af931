package io.namespend.testbed.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The classic JSON as Grafana's kind "Dashboard" describes it: names and types of the head, of
 * variables, links, annotations, and of what all panels share. Names that it does not know are
 * errors, because Grafana passes over them in silence. What belongs to a panel's or data source's
 * plugin has no published schema that fits real dashboards, and is not looked at.
 */
final class ClassicSchema {
  private static final Predicate<JsonNode> STRING = JsonNode::isTextual;
  private static final Predicate<JsonNode> BOOLEAN = JsonNode::isBoolean;
  private static final Predicate<JsonNode> NUMBER = JsonNode::isNumber;

  private final Map<String, Predicate<JsonNode>> types = new LinkedHashMap<>();

  ClassicSchema() {
    head();
    links("links[]");
    variables("templating.list[]");
    annotations("annotations.list[]");
    panels("panels[]");
    panels("panels[].panels[]");
  }

  private void head() {
    all(STRING, "", "uid", "title", "description", "timezone", "weekStart", "tags[]");
    all(BOOLEAN, "", "editable", "liveNow");
    all(ClassicSchema::isNatural, "", "schemaVersion", "version", "revision");
    types.put("fiscalYearStartMonth", node -> isNatural(node) && node.asInt() < 12);
    types.put("graphTooltip", ClassicSchema::isFrom0To2);
    types.put("refresh", node -> node.isTextual() || (node.isBoolean() && !node.asBoolean()));
    all(STRING, "time.", "from", "to");
    all(BOOLEAN, "timepicker.", "hidden");
    all(STRING, "timepicker.", "refresh_intervals[]", "time_options[]", "nowDelay");
  }

  private void links(String at) {
    all(STRING, at + ".", "title", "icon", "tooltip", "url", "tags[]");
    types.put(at + ".type", oneOf("link", "dashboards"));
    all(BOOLEAN, at + ".", "asDropdown", "targetBlank", "includeVars", "keepTime");
  }

  private void variables(String at) {
    types.put(
        at + ".type",
        oneOf(
            "query",
            "adhoc",
            "groupby",
            "constant",
            "datasource",
            "interval",
            "textbox",
            "custom"));
    all(STRING, at + ".", "id", "name", "label", "description", "definition", "regex", "query");
    types.put(at + ".allValue", node -> node.isTextual() || node.isNull());
    all(BOOLEAN, at + ".", "skipUrlSync", "multi", "includeAll", "allowCustomValue", "auto");
    all(ClassicSchema::isFrom0To2, at + ".", "hide", "refresh");
    types.put(at + ".sort", node -> isNatural(node) && node.asInt() <= 8);
    all(ClassicSchema::isAnything, at + ".", "current.", "options[].", "options");
    datasource(at);
  }

  private void annotations(String at) {
    all(
        STRING,
        at + ".",
        "name",
        "iconColor",
        "type",
        "expr",
        "step",
        "titleFormat",
        "textFormat",
        "tagKeys");
    all(BOOLEAN, at + ".", "enable", "hide", "useValueForTime");
    types.put(at + ".builtIn", ClassicSchema::isNatural);
    all(ClassicSchema::isAnything, at + ".", "filter.", "target.");
    datasource(at);
  }

  private void panels(String at) {
    types.put(at + ".type", node -> !node.asText().isEmpty());
    all(ClassicSchema::isNatural, at + ".", "id", "gridPos.y");
    all(STRING, at + ".", "title", "description", "pluginVersion", "repeat", "tags[]");
    all(STRING, at + ".", "interval", "timeFrom", "timeShift");
    all(BOOLEAN, at + ".", "transparent", "hideTimeOverride", "collapsed");
    all(NUMBER, at + ".", "maxDataPoints", "maxPerRow");
    types.put(at + ".repeatDirection", oneOf("h", "v"));
    types.put(at + ".gridPos.h", node -> node.asInt() > 0);
    types.put(at + ".gridPos.w", node -> node.asInt() > 0 && node.asInt() <= 24);
    types.put(at + ".gridPos.x", node -> isNatural(node) && node.asInt() < 24);
    links(at + ".links[]");
    datasource(at);
    all(ClassicSchema::isAnything, at + ".", "options.", "targets[].");
    types.put(at + ".transformations[].id", STRING);
    types.put(at + ".transformations[].disabled", BOOLEAN);
    all(ClassicSchema::isAnything, at + ".transformations[].", "filter.", "options.", "options");
    fields(at + ".fieldConfig.defaults");
    types.put(at + ".fieldConfig.overrides[].matcher.id", STRING);
    all(ClassicSchema::isAnything, at + ".fieldConfig.overrides[].matcher.", "options", "options.");
    types.put(at + ".fieldConfig.overrides[].properties[].id", STRING);
    all(
        ClassicSchema::isAnything,
        at + ".fieldConfig.overrides[].properties[].",
        "value",
        "value.",
        "value[]");
  }

  private void fields(String at) {
    all(STRING, at + ".", "displayName", "description", "unit", "noValue");
    all(NUMBER, at + ".", "decimals", "min", "max");
    types.put(at + ".filterable", BOOLEAN);
    types.put(at + ".thresholds.mode", oneOf("absolute", "percentage"));
    types.put(at + ".thresholds.steps[].value", node -> node.isNumber() || node.isNull());
    all(STRING, at + ".", "thresholds.steps[].color", "color.mode", "color.fixedColor");
    types.put(at + ".color.seriesBy", oneOf("min", "max", "last"));
    types.put(at + ".mappings[].type", oneOf("value", "range", "regex", "special"));
    all(ClassicSchema::isAnything, at + ".", "mappings[].options.", "custom.");
    all(STRING, at + ".links[].", "title", "url");
    all(BOOLEAN, at + ".links[].", "targetBlank", "oneClick");
  }

  private void datasource(String at) {
    all(STRING, at + ".datasource.", "type", "uid");
  }

  private static boolean isNatural(JsonNode node) {
    return node.isInt() && node.asInt() >= 0;
  }

  private static boolean isFrom0To2(JsonNode node) {
    return isNatural(node) && node.asInt() <= 2;
  }

  private static boolean isAnything(JsonNode node) {
    return true;
  }

  private static Predicate<JsonNode> oneOf(String... values) {
    return node -> Set.of(values).contains(node.asText());
  }

  /**
   * @param names one that ends with a dot stands for all below it
   */
  private void all(Predicate<JsonNode> type, String before, String... names) {
    for (String name : names) {
      types.put(before + name, type);
    }
  }

  /** What a dashboard has that the schema does not know, or otherwise. */
  List<String> problems(JsonNode dashboard) {
    List<String> problems = new ArrayList<>();
    check("", dashboard, problems);
    return problems;
  }

  private void check(String path, JsonNode node, List<String> problems) {
    Predicate<JsonNode> type = types.get(path);
    if (type != null) {
      if (!type.test(node)) {
        problems.add(path + " is " + node);
      }
    } else if (!types.containsKey(path + ".")) {
      if (node.isObject()) {
        String before = path.isEmpty() ? "" : path + ".";
        node.properties()
            .forEach(field -> check(before + field.getKey(), field.getValue(), problems));
      } else if (node.isArray()) {
        node.forEach(item -> check(path + "[]", item, problems));
      } else {
        problems.add(path + " is unknown");
      }
    }
  }
}

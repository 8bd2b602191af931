package io.namespend.testbed.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A variable of a dashboard, as its JSON defines it. */
public record Variable(JsonNode json) {
  private static final Pattern JS_REGEX = Pattern.compile("/(.*)/([a-z]*)", Pattern.DOTALL);
  private static final Pattern COMMA = Pattern.compile("(?<!\\\\),");
  private static final String ALL = "$__all";

  public String name() {
    return json.path("name").asText();
  }

  /** Such as query, custom, interval, textbox, constant, datasource. */
  public String type() {
    return json.path("type").asText();
  }

  public String query() {
    JsonNode query = json.path("query");
    return query.isObject() ? query.path("query").asText() : query.asText("");
  }

  /** Whether people see it: others stay as they are. */
  public boolean isShown() {
    return json.path("hide").asInt() != 2;
  }

  public boolean isMulti() {
    return json.path("multi").asBoolean();
  }

  public boolean includesAll() {
    return json.path("includeAll").asBoolean();
  }

  /** What All stands for, where it is not all of the values. */
  Optional<String> allValue() {
    return Optional.of(json.path("allValue").asText("")).filter(value -> !value.isEmpty());
  }

  /** The value that is chosen when one opens the dashboard, if the file names one. */
  Optional<String> current() {
    JsonNode value = json.path("current").path("value");
    return Optional.of(value.isArray() ? value.path(0).asText("") : value.asText(""))
        .filter(text -> !text.isEmpty() && !text.equals(ALL));
  }

  /** The values of a variable that asks no data source. */
  List<String> fixedOptions() {
    return switch (type()) {
      case "datasource" -> List.of("the-data-source");
      case "constant", "textbox" -> List.of(current().orElse(query()));
      case "custom", "interval" ->
          COMMA
              .splitAsStream(query())
              .map(String::strip)
              .map(
                  option -> option.substring(option.lastIndexOf(" : ") + 1).replaceFirst("^: ", ""))
              .filter(option -> !option.isEmpty())
              .toList();
      default ->
          throw new IllegalArgumentException("variable %s has type %s".formatted(name(), type()));
    };
  }

  /** What its regular expression leaves of a value that the data source gave. */
  Stream<String> chosenBy(String value) {
    String text = json.path("regex").asText("");
    if (text.isEmpty()) {
      return Stream.of(value);
    }
    Matcher js = JS_REGEX.matcher(text);
    String regex = js.matches() ? js.group(1) : text;
    int flags = js.matches() && js.group(2).contains("i") ? Pattern.CASE_INSENSITIVE : 0;
    Matcher matcher = Pattern.compile(regex, flags).matcher(value);
    if (!matcher.find()) {
      return Stream.empty();
    }
    if (regex.contains("(?<value>")) {
      return Stream.of(matcher.group("value"));
    }
    return Stream.of(matcher.groupCount() > 0 ? matcher.group(1) : value);
  }
}

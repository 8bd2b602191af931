package io.namespend.reporter.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One place in the settings file; collects what is wrong there and below. */
final class SettingsNode {
  private final JsonNode json;
  private final String path;
  private final List<String> errors;
  private final Set<String> known = new LinkedHashSet<>();

  SettingsNode(JsonNode json, String path, List<String> errors) {
    this.json = json;
    this.path = path;
    this.errors = errors;
    if (isPresent() && !json.isObject() && !json.isArray() && !json.isValueNode()) {
      error("is nothing that settings have", "see docs/reporter.md");
    }
  }

  String path() {
    return path;
  }

  boolean isPresent() {
    return !json.isMissingNode() && !json.isNull();
  }

  SettingsNode child(String key) {
    known.add(key);
    return new SettingsNode(
        json.isObject() ? json.path(key) : MissingNode.getInstance(),
        path.isEmpty() ? key : path + "." + key,
        errors);
  }

  List<SettingsNode> elements() {
    List<SettingsNode> elements = new ArrayList<>();
    if (isPresent() && !json.isArray()) {
      error("is no list", "write its elements in [ ] or below each other with a dash");
      return elements;
    }
    for (int i = 0; i < json.size(); i++) {
      elements.add(new SettingsNode(json.path(i), "%s[%d]".formatted(path, i), errors));
    }
    return elements;
  }

  /** Keys that a user chooses. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    json.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  Optional<String> text() {
    if (!isPresent()) {
      return Optional.empty();
    }
    if (!json.isValueNode() || json.asText().isBlank()) {
      error("is no text", "give it a value, or leave it out");
      return Optional.empty();
    }
    return Optional.of(json.asText().strip());
  }

  /**
   * @param rule what the value must be, such as "a time zone"
   * @param remedy such as "take Europe/Berlin"
   */
  <T> Optional<T> text(Function<String, T> parse, String rule, String remedy) {
    return text()
        .flatMap(
            value -> {
              try {
                return Optional.of(parse.apply(value));
              } catch (RuntimeException e) {
                error("is \"%s\", not %s".formatted(value, rule), remedy);
                return Optional.empty();
              }
            });
  }

  String required(String remedy) {
    if (!isPresent()) {
      errors.add("%s is missing; %s".formatted(path, remedy));
    }
    return text().orElse("");
  }

  void error(String what, String remedy) {
    errors.add(
        "%s %s; %s".formatted(path.isEmpty() ? "the file" : path, Secrets.hidden(what), remedy));
  }

  /** Keys that no one asked for are errors; to be called when all are read. */
  void end() {
    if (isPresent() && !json.isObject()) {
      error("has no keys", "it needs " + String.join(", ", known));
      return;
    }
    String unknown =
        keys().stream().filter(key -> !known.contains(key)).collect(Collectors.joining(", "));
    if (!unknown.isEmpty()) {
      error("has the unknown " + unknown, "it can have " + String.join(", ", known));
    }
  }
}

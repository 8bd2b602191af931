package io.namespend.exporter.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads one mapping of a YAML document, and collects what is wrong instead of stopping at it. */
public final class Section {
  private static final Pattern DURATION = Pattern.compile("\\d+[smhd]");

  private final String path;
  private final JsonNode node;
  private final List<Problem> problems;
  private final Set<String> known = new HashSet<>();

  /**
   * @param path of this mapping; empty for the document
   * @param problems what is wrong is added here
   */
  public Section(String path, JsonNode node, List<Problem> problems) {
    this.path = path;
    this.problems = problems;
    if (node.isObject() || node.isMissingNode() || node.isNull()) {
      this.node = node;
    } else {
      this.node = MissingNode.getInstance();
      problems.add(new Problem(path, shown(node), "write a mapping of keys to values"));
    }
  }

  public boolean has(String key) {
    return !value(key).isMissingNode();
  }

  public Optional<String> text(String key) {
    JsonNode value = value(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isValueNode() || value.asText().isBlank()) {
      problem(key, "write a text");
      return Optional.empty();
    }
    return Optional.of(value.asText());
  }

  /** A text that {@code parse} understands; its exception tells the rule. */
  public <T> Optional<T> parsed(String key, Function<String, T> parse) {
    return text(key)
        .flatMap(
            text -> {
              try {
                return Optional.of(parse.apply(text));
              } catch (IllegalArgumentException e) {
                problem(key, String.valueOf(e.getMessage()));
                return Optional.empty();
              }
            });
  }

  public OptionalDouble number(String key, double least, double most) {
    JsonNode value = value(key);
    if (value.isMissingNode()) {
      return OptionalDouble.empty();
    }
    double number = value.isNumber() ? value.asDouble() : Double.NaN;
    if (!(number >= least && number <= most)) {
      problem(
          key,
          most == Double.MAX_VALUE
              ? "write a number of at least %s".formatted(least)
              : "write a number from %s to %s".formatted(least, most));
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(number);
  }

  /** Such as 30s, 10m, 24h or 7d. */
  public Duration duration(String key, Duration otherwise) {
    return parsed(key, Section::duration).orElse(otherwise);
  }

  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    JsonNode value = value(key);
    if (!value.isMissingNode() && !value.isArray()) {
      problem(key, "write a list, such as [a, b]");
    }
    value.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  public Section section(String key) {
    return new Section(at(key), value(key), problems);
  }

  public List<Section> sections(String key) {
    JsonNode value = value(key);
    if (!value.isMissingNode() && !value.isArray()) {
      problem(key, "write a list");
    }
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < value.size() && value.isArray(); i++) {
      sections.add(new Section("%s[%d]".formatted(at(key), i), value.get(i), problems));
    }
    return sections;
  }

  /** The raw value, for a key that may be of several kinds. */
  public JsonNode value(String key) {
    known.add(key);
    return node.path(key);
  }

  public void problem(String key, String remedy) {
    problems.add(new Problem(at(key), shown(node.path(key)), remedy));
  }

  /** To be called last: every key that nobody asked for is an error. */
  public void refuseOthers() {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                problem(
                    key,
                    "unknown key; known: " + String.join(", ", known.stream().sorted().toList()));
              }
            });
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String shown(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static Duration duration(String text) {
    try {
      if (DURATION.matcher(text).matches()) {
        boolean days = text.endsWith("d");
        Duration duration = Duration.parse((days ? "P" : "PT") + text.toUpperCase(Locale.ROOT));
        if (!duration.isZero()) {
          return duration;
        }
      }
      throw new IllegalArgumentException("write a duration such as 30s, 10m, 24h or 7d");
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("the duration is too long", e);
    }
  }
}

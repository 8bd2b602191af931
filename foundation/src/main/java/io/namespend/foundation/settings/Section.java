package io.namespend.foundation.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads one mapping of a YAML document, and collects what is wrong instead of stopping at it. */
public final class Section {
  /** Of a value where none is expected: it may be a secret. */
  private static final String HIDDEN = "...";

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
      problems.add(
          new Problem(
              path.isEmpty() ? "document" : path, HIDDEN, "write a mapping of keys to values"));
    }
  }

  /** Whether the key has a value; a key with nothing behind it has none. */
  public boolean has(String key) {
    return !value(key).isMissingNode();
  }

  /** Whether there is one, and a problem if not. */
  public boolean requires(String key, String remedy) {
    if (!has(key)) {
      problem(key, "is missing; " + remedy);
    }
    return has(key);
  }

  /** Without surrounding blanks. */
  public Optional<String> text(String key) {
    return has(key) ? text(at(key), value(key)) : Optional.empty();
  }

  /** A text that {@code parse} understands; its exception tells the rule. */
  public <T> Optional<T> parsed(String key, Function<String, T> parse) {
    return text(key).flatMap(text -> parsed(at(key), text, parse));
  }

  /** A list of such texts; those that are wrong are left out. */
  public <T> List<T> parsedItems(String key, Function<String, T> parse) {
    List<T> items = new ArrayList<>();
    JsonNode list = list(key);
    for (int i = 0; i < list.size(); i++) {
      String itemPath = "%s[%d]".formatted(at(key), i);
      text(itemPath, list.get(i))
          .flatMap(text -> parsed(itemPath, text, parse))
          .ifPresent(items::add);
    }
    return items;
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
              ? "write a number of at least " + plain(least)
              : "write a number from %s to %s".formatted(plain(least), plain(most)));
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(number);
  }

  public OptionalInt whole(String key, int least, int most) {
    OptionalDouble number = number(key, least, most);
    if (number.isPresent() && number.getAsDouble() != Math.rint(number.getAsDouble())) {
      problem(key, "write a whole number from %d to %d".formatted(least, most));
      return OptionalInt.empty();
    }
    return number.isPresent() ? OptionalInt.of((int) number.getAsDouble()) : OptionalInt.empty();
  }

  public boolean flag(String key, boolean otherwise) {
    JsonNode value = value(key);
    if (!value.isMissingNode() && !value.isBoolean()) {
      problem(key, "write true or false");
    }
    return value.asBoolean(otherwise);
  }

  /** Such as 30s, 10m, 24h or 7d. */
  public Optional<Duration> duration(String key) {
    return parsed(key, Section::readDuration);
  }

  public Duration duration(String key, Duration otherwise) {
    return duration(key).orElse(otherwise);
  }

  public Section section(String key) {
    return new Section(at(key), value(key), problems);
  }

  public List<Section> sections(String key) {
    JsonNode list = list(key);
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      sections.add(new Section("%s[%d]".formatted(at(key), i), list.get(i), problems));
    }
    return sections;
  }

  /** In the order of the file. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** The raw value, for a key that may be of several kinds. */
  public JsonNode value(String key) {
    known.add(key);
    JsonNode value = node.path(key);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  public void problem(String key, String remedy) {
    problems.add(new Problem(at(key), shown(node.path(key)), remedy));
  }

  /** A problem that does not show the value, because it may be a secret. */
  public void hiddenProblem(String key, String remedy) {
    problems.add(new Problem(at(key), HIDDEN, remedy));
  }

  /** To be called last: every key that nobody asked for is an error. */
  public void refuseOthers() {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                hiddenProblem(
                    key,
                    "unknown key; known: " + String.join(", ", known.stream().sorted().toList()));
              }
            });
  }

  private JsonNode list(String key) {
    JsonNode value = value(key);
    if (!value.isMissingNode() && !value.isArray()) {
      problem(key, "write a list");
      return MissingNode.getInstance();
    }
    return value;
  }

  private Optional<String> text(String where, JsonNode value) {
    if (!value.isValueNode() || value.asText().isBlank() || value.isNull()) {
      problems.add(new Problem(where, shown(value), "write a text"));
      return Optional.empty();
    }
    return Optional.of(value.asText().strip());
  }

  private <T> Optional<T> parsed(String where, String text, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(where, text, String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  /** Where the key is in the file. */
  public String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String plain(double number) {
    return new BigDecimal(number).toPlainString();
  }

  private static String shown(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static Duration readDuration(String text) {
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

package io.namespend.foundation.settings;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a YAML document so that each value is still what was written: to YAML 1.1 the cost center
 * 0123 is 83, 1.10 is 1.1 and the team {@code no} is false. Who wants a number or a boolean gets
 * one from what looks like one to everybody.
 */
final class YamlTree {
  /** What a tree may have. A company's policy has a tenth. */
  static final int MOST_VALUES = 50_000;

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(0|[1-9][0-9_]*)?(\\.[0-9]*)?([eE][-+]?[0-9]{1,3})?");
  private static final int LONGEST_NUMBER = 100;

  private final YAMLParser parser;

  /** One copy of each name. */
  private final Map<String, String> names = new HashMap<>();

  private int values;
  private String alias = "";
  private int line;

  YamlTree(YAMLParser parser) {
    this.parser = parser;
  }

  /** The next document; missing if there is none, and of no meaning if it has an alias. */
  JsonNode read() throws IOException {
    return parser.nextToken() == null ? MissingNode.getInstance() : value();
  }

  /** The first alias that was found. */
  Optional<String> alias() {
    return Optional.of(alias).filter(name -> !name.isEmpty());
  }

  boolean isTooLarge() {
    return values > MOST_VALUES;
  }

  /** Where reading ended. */
  String line() {
    return "line " + (alias.isEmpty() ? parser.currentTokenLocation().getLineNr() : line);
  }

  private boolean isEnded() {
    return isTooLarge() || !alias.isEmpty();
  }

  private JsonNode value() throws IOException {
    values++;
    if (parser.isCurrentAlias()) {
      alias = parser.getText();
      line = parser.currentTokenLocation().getLineNr();
      return NullNode.getInstance();
    }
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> word(parser.getText());
      case VALUE_NULL -> NullNode.getInstance();
      default -> new TextNode(parser.getText());
    };
  }

  private ObjectNode object() throws IOException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (JsonToken token = parser.nextToken();
        !isEnded() && token == JsonToken.FIELD_NAME;
        token = parser.nextToken()) {
      String name = parser.currentName();
      parser.nextToken();
      object.set(names.computeIfAbsent(name, first -> first), value());
      if (isEnded()) {
        break;
      }
    }
    return object;
  }

  private ArrayNode array() throws IOException {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    while (!isEnded() && parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value());
    }
    return array;
  }

  private static JsonNode word(String text) {
    return switch (text) {
      case "true" -> BooleanNode.TRUE;
      case "false" -> BooleanNode.FALSE;
      default -> new TextNode(text);
    };
  }

  /** What may be no number to its author, such as one with a leading 0, is a text. */
  private static JsonNode number(String text) {
    if (text.length() > LONGEST_NUMBER || !NUMBER.matcher(text).matches()) {
      return new TextNode(text);
    }
    try {
      return new WrittenNumber(new BigDecimal(text.replace("_", "")), text);
    } catch (NumberFormatException e) {
      return new TextNode(text);
    }
  }

  /** A number that remembers how it was written. */
  private static final class WrittenNumber extends DecimalNode {
    private static final long serialVersionUID = 1;

    private final String written;

    WrittenNumber(BigDecimal value, String written) {
      super(value);
      this.written = written;
    }

    @Override
    public String asText() {
      return written;
    }

    @Override
    public boolean equals(Object other) {
      return super.equals(other);
    }

    @Override
    public int hashCode() {
      return super.hashCode();
    }
  }
}

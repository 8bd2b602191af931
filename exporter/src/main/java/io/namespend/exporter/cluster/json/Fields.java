package io.namespend.exporter.cluster.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads fields of Kubernetes objects. A field that is not there or null is empty, as the API has
 * it. One of another type than its kind allows is a mistake: taken as empty, it would cost nothing
 * in silence.
 */
public final class Fields {
  private Fields() {}

  /**
   * Missing if there is none.
   *
   * @throws IllegalArgumentException if it is no object
   */
  public static JsonNode object(JsonNode parent, String field) {
    JsonNode value = present(parent, field);
    if (!value.isMissingNode() && !value.isObject()) {
      throw new IllegalArgumentException(field + " is not an object");
    }
    return value;
  }

  /**
   * Empty if there is none.
   *
   * @throws IllegalArgumentException if it is no list of objects
   */
  public static List<JsonNode> objects(JsonNode parent, String field) {
    List<JsonNode> objects = new ArrayList<>();
    for (JsonNode element : list(parent, field)) {
      if (!element.isObject()) {
        throw new IllegalArgumentException(field + " has an element that is not an object");
      }
      objects.add(element);
    }
    return objects;
  }

  /**
   * Empty if there is none.
   *
   * @throws IllegalArgumentException if it is no list of texts
   */
  public static List<String> texts(JsonNode parent, String field) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list(parent, field)) {
      texts.add(text(field, element));
    }
    return texts;
  }

  /**
   * Empty if there is none.
   *
   * @throws IllegalArgumentException if it is a structure
   */
  public static String text(JsonNode parent, String field) {
    JsonNode value = present(parent, field);
    return value.isMissingNode() ? "" : text(field, value);
  }

  /**
   * Texts by name, such as labels; empty if there are none.
   *
   * @throws IllegalArgumentException if it is no object, or has structures
   */
  public static Map<String, String> textsByName(JsonNode parent, String field) {
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : object(parent, field).properties()) {
      if (!entry.getValue().isNull()) {
        texts.put(entry.getKey(), text(entry.getKey(), entry.getValue()));
      }
    }
    return texts;
  }

  private static JsonNode list(JsonNode parent, String field) {
    JsonNode value = present(parent, field);
    if (!value.isMissingNode() && !value.isArray()) {
      throw new IllegalArgumentException(field + " is not a list");
    }
    return value;
  }

  private static JsonNode present(JsonNode parent, String field) {
    JsonNode value = parent.path(field);
    return value.isNull() ? MissingNode.getInstance() : value;
  }

  private static String text(String field, JsonNode value) {
    if (!value.isValueNode()) {
      throw new IllegalArgumentException(field + " is not a text");
    }
    return value.asText();
  }
}

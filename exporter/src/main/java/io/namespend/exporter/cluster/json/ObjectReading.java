package io.namespend.exporter.cluster.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object into a tree of bounded size. What was too long or too much, its metadata say.
 */
public final class ObjectReading {
  /** What a tree may take of the heap, in bytes, roughly. */
  private static final int MOST = 2 << 20;

  private static final int STRUCTURE = 200;
  private static final int VALUE = 100;

  /** Names that no field of an object has. */
  private static final String TOO_LARGE = "~too-large";

  private static final String CUT = "~cut";

  /** Ends a text that was cut: a hash, so that what is different stays different. */
  private static final int TAIL = 17;

  private final JsonParser parser;
  private int left = MOST;
  private boolean hasCut;
  private @Nullable ObjectNode metadata;

  public ObjectReading(JsonParser parser) {
    this.parser = parser;
  }

  /** Whether an object was left out in part. */
  static boolean isTooLarge(JsonNode object) {
    return object.path("metadata").has(TOO_LARGE);
  }

  /** Whether texts of an object that are kept were cut. */
  public static boolean isCut(JsonNode object) {
    return object.path("metadata").has(CUT);
  }

  public JsonNode read(KeptFields kept) throws IOException {
    JsonNode read = value(kept);
    if (metadata != null && left < 0) {
      metadata.put(TOO_LARGE, true);
    }
    if (metadata != null && hasCut) {
      metadata.put(CUT, true);
    }
    return read;
  }

  private JsonNode value(KeptFields kept) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return object(kept);
    }
    if (token == JsonToken.START_ARRAY) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      left -= STRUCTURE;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (left < 0) {
          parser.skipChildren();
        } else {
          array.add(value(kept));
        }
      }
      return array;
    }
    left -= VALUE;
    return token == JsonToken.VALUE_STRING ? text(kept) : parser.<JsonNode>readValueAsTree();
  }

  private ObjectNode object(KeptFields kept) throws IOException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    left -= STRUCTURE;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      KeptFields ofField = kept.get(name);
      if (ofField == null || (left < 0 && !ofField.isEssential())) {
        parser.skipChildren();
        continue;
      }
      if (ofField.isIdentity()) {
        metadata = object;
      }
      left -= name.length();
      object.set(name, value(ofField));
    }
    return object;
  }

  private TextNode text(KeptFields kept) throws IOException {
    String text = parser.getText();
    if (text.length() > kept.longest()) {
      // Of what has no bound of its own, such as annotations of others, nobody needs the end.
      hasCut |= kept.isBounded();
      text = cut(text, kept.longest());
    }
    left -= text.length();
    return JsonNodeFactory.instance.textNode(text);
  }

  private static String cut(String text, int longest) {
    int end = longest - TAIL;
    // Not between the halves of a character.
    end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
    return text.substring(0, end) + BoundedJson.CUT + hash(text);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}

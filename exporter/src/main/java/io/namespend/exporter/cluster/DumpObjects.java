package io.namespend.exporter.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.exporter.cluster.json.InvalidObjectException;
import io.namespend.exporter.cluster.json.KeptFields;
import io.namespend.exporter.cluster.json.Kind;
import io.namespend.exporter.cluster.json.ObjectKey;
import io.namespend.exporter.cluster.json.ObjectReading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes objects out of JSON documents one by one, so that a dump may be larger than the memory. An
 * object that makes no sense is counted and left out.
 */
final class DumpObjects {
  /** What any kind needs; the kind of an object may follow its content. */
  private static final KeptFields KEPT =
      KeptFields.union(Stream.of(Kind.values()).map(Kind::kept).toList()).with("kind");

  private final ClusterRecords records;
  private final DumpGaps gaps;
  private final Set<String> seen = new HashSet<>();
  private int nodes;

  DumpObjects(ClusterRecords records, DumpGaps gaps) {
    this.records = records;
    this.gaps = gaps;
  }

  ClusterRecords records() {
    return records;
  }

  /** How many nodes were taken so far. */
  int nodes() {
    return nodes;
  }

  /**
   * Reads one document.
   *
   * @return whether it is a Kubernetes object or a list of them
   */
  boolean read(JsonParser parser) throws IOException {
    parser.nextToken();
    return readFrom(parser);
  }

  /** Reads a document of which the first token is read. */
  boolean readFrom(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return false;
    }
    Optional<ObjectNode> single = object(parser, "");
    single.ifPresent(this::take);
    return single.isEmpty() || single.get().path("kind").isTextual();
  }

  /**
   * An object; empty for a list, of which all items are taken.
   *
   * @param kind where the object itself does not say it, as items of a typed list do not
   */
  private Optional<ObjectNode> object(JsonParser parser, String kind) throws IOException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    ObjectReading reading = new ObjectReading(parser);
    List<ObjectNode> untyped = new ArrayList<>();
    boolean isList = false;
    boolean hasTypedItems = false;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      KeptFields kept = KEPT.get(name);
      if (name.equals("items") && value == JsonToken.START_ARRAY) {
        isList = true;
        hasTypedItems |= items(parser, itemKind(object), untyped);
      } else if (kept == null) {
        parser.skipChildren();
      } else {
        object.set(name, reading.read(kept));
      }
    }
    if (!isList || (!object.path("kind").isTextual() && !hasTypedItems)) {
      return Optional.of(withKind(object, kind));
    }
    untyped.forEach(item -> take(withKind(item, itemKind(object))));
    return Optional.empty();
  }

  /**
   * Items of a typed list, such as a PodList, may leave out their kind.
   *
   * @param untyped gets those whose kind is not known yet
   * @return whether there are others
   */
  private boolean items(JsonParser parser, String kind, List<ObjectNode> untyped)
      throws IOException {
    boolean hasTyped = false;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      Optional<ObjectNode> item = object(parser, kind);
      if (item.isPresent() && !item.get().has("kind")) {
        untyped.add(item.get());
      } else {
        hasTyped = true;
        item.ifPresent(this::take);
      }
    }
    return hasTyped;
  }

  /** Empty for a list whose kind is not known yet, and for one that says nothing of its items. */
  private static String itemKind(JsonNode list) {
    return list.path("kind").asText().replaceFirst("List$", "");
  }

  private static ObjectNode withKind(ObjectNode object, String kind) {
    if (!kind.isEmpty() && !object.has("kind")) {
      object.put("kind", kind);
    }
    return object;
  }

  private void take(ObjectNode object) {
    Optional<Kind> known = Kind.named(object.path("kind").asText());
    String key = known + "/" + ObjectKey.of(object);
    // The same object may lie in two files of a folder.
    if (known.isEmpty() || !seen.add(key)) {
      return;
    }
    try {
      records.add(known.get(), object);
      nodes += known.get() == Kind.NODES ? 1 : 0;
    } catch (InvalidObjectException e) {
      // Its other copy may be whole; and two without a name are not the same.
      seen.remove(key);
      gaps.object(known.get(), String.valueOf(e.getMessage()));
    }
  }
}

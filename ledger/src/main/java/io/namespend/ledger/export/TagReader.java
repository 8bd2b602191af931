package io.namespend.ledger.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tags, by names in one spelling, of those that the rules ask for. {@code user:Cost-Center}, {@code
 * user_cost_center} and {@code cost-center} are one name: AWS rewrites tags in its exports.
 */
public final class TagReader {
  /** The cluster that a tag names, whatever the tag is called. */
  public static final String CLUSTER = "cluster";

  private static final Set<String> CLUSTER_TAGS =
      Set.of(
          "eksclustername",
          "awseksclustername",
          "alphaeksctlioclustername",
          "googk8sclustername",
          "aksmanagedclustername",
          "elbv2k8sawscluster");

  private static final List<String> CLUSTER_PREFIXES =
      List.of("kubernetes.io/cluster/", "kubernetes_io_cluster_");

  private static final int MOST_REMEMBERED = 4_096;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> wanted;
  private final Map<String, Map<String, String>> read = new HashMap<>();

  /**
   * @param wanted names by {@link #plain}
   */
  public TagReader(Set<String> wanted) {
    this.wanted = Set.copyOf(wanted);
  }

  /** The one spelling of a tag's name. */
  public static String plain(String name) {
    String bare = name.toLowerCase(Locale.ROOT);
    for (String prefix : List.of("user:", "user_")) {
      bare = bare.startsWith(prefix) ? bare.substring(prefix.length()) : bare;
    }
    return bare.replaceAll("[^\\p{L}\\p{N}]", "");
  }

  boolean wants(String name) {
    String plain = plain(name);
    return wanted.contains(plain) || CLUSTER_TAGS.contains(plain) || !cluster(name).isEmpty();
  }

  /** Adds a tag that somebody wants. */
  void put(Map<String, String> tags, String name, String value) {
    if (value.isBlank() || !wants(name)) {
      return;
    }
    String plain = plain(name);
    String cluster = cluster(name);
    if (!cluster.isEmpty()) {
      tags.put(CLUSTER, cluster);
    } else if (CLUSTER_TAGS.contains(plain)) {
      tags.put(CLUSTER, value);
    }
    if (wanted.contains(plain)) {
      tags.put(plain, value);
    }
  }

  /** Of a JSON object; Azure leaves out its braces. */
  Map<String, String> ofJson(String name, String text) {
    if (text.isEmpty() || text.equals("{}")) {
      return Map.of();
    }
    Map<String, String> known = read.get(text);
    if (known != null) {
      return known;
    }
    Map<String, String> tags = new LinkedHashMap<>();
    try {
      JsonNode object = JSON.readTree(text.startsWith("{") ? text : "{" + text + "}");
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        put(tags, field.getKey(), field.getValue().isNull() ? "" : field.getValue().asText());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(name + " is no JSON object; export it again", e);
    }
    if (read.size() >= MOST_REMEMBERED) {
      read.clear();
    }
    read.put(text, tags);
    return tags;
  }

  /** Of {@code kubernetes.io/cluster/NAME}; empty for other tags. */
  private static String cluster(String name) {
    String bare = name.startsWith("user:") || name.startsWith("user_") ? name.substring(5) : name;
    return CLUSTER_PREFIXES.stream()
        .filter(bare::startsWith)
        .findFirst()
        .map(prefix -> bare.substring(prefix.length()))
        .orElse("");
  }
}

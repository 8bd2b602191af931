package io.namespend.reporter.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.reporter.delivery.KubernetesApi.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One of the ConfigMaps that remember. It has a key for each window, and there a line for each
 * digest and way: its receipts, so that a year of them is small. What is written is the key of one
 * window; the others are only known by their sizes.
 */
final class LogShard {
  /** Below the 1 MiB that a ConfigMap may have. */
  private static final int MOST_BYTES = 900_000;

  private static final int ATTEMPTS = 5;
  private static final String VERBS = "get, create and patch";

  private final KubernetesApi api;
  private final String path;
  private final String object;
  private final Map<String, Integer> sizes = new TreeMap<>();

  /** The window that is open, by its way and then part. */
  private final Map<String, Map<String, String>> lines = new TreeMap<>();

  private Optional<Window> open = Optional.empty();
  private Optional<String> version = Optional.empty();

  LogShard(KubernetesApi api, String namespace, String name) {
    this.api = api;
    path = "/api/v1/namespaces/%s/configmaps/%s".formatted(namespace, name);
    object = "ConfigMap %s/%s".formatted(namespace, name);
  }

  /** Reads it all, and keeps what it has of one window. */
  Map<String, String> load(Window window) {
    open = Optional.of(window);
    sizes.clear();
    lines.clear();
    Answer found = api.get(path, object);
    if (found.isMissing()) {
      version = Optional.empty();
      return Map.of();
    }
    found.expect(200, object, VERBS);
    version = Optional.of(found.resourceVersion());
    found
        .body()
        .path("data")
        .properties()
        .forEach(
            entry -> sizes.put(entry.getKey(), size(entry.getKey(), entry.getValue().asText())));
    return read(window, found.body().path("data").path(key(window)).asText());
  }

  /** Writes a receipt; if another reporter wrote since, after reading again. */
  void add(ReceiptKey key, String value) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (!open.equals(Optional.of(key.window()))) {
        load(key.window());
      }
      put(key, value);
      Answer written =
          version.isPresent() ? patch(key.window(), version.get()) : create(key.window());
      boolean isGone = version.isPresent() && written.isMissing();
      if (!written.isConflict() && !isGone) {
        written.expect(version.isPresent() ? 200 : 201, object, VERBS);
        version = Optional.of(written.resourceVersion());
        return;
      }
      open = Optional.empty();
    }
    throw new DeliveryException(
        "%s is written by others all the time; is another reporter running?".formatted(object));
  }

  private void put(ReceiptKey key, String value) {
    lines
        .computeIfAbsent(
            ReceiptKey.word(key.scope()) + " " + ReceiptKey.word(key.channel()),
            way -> new TreeMap<>())
        .put(ReceiptKey.word(key.part()), value);
  }

  private Answer patch(Window window, String known) {
    ObjectNode patch = KubernetesApi.JSON.createObjectNode();
    patch.putObject("metadata").put("resourceVersion", known);
    ObjectNode data = patch.putObject("data");
    data.put(key(window), text());
    sizes.put(key(window), size(key(window), text()));
    for (String old : forgotten(window)) {
      data.putNull(old);
      sizes.remove(old);
    }
    return api.patch(path, patch, object);
  }

  private Answer create(Window window) {
    ObjectNode map = KubernetesApi.JSON.createObjectNode();
    map.put("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata").put("name", path.substring(path.lastIndexOf('/') + 1));
    map.putObject("data").put(key(window), text());
    return api.post(path.substring(0, path.lastIndexOf('/')), map, object);
  }

  /** Windows of long ago, and the oldest ones where there is no room for all. */
  private List<String> forgotten(Window newest) {
    List<String> forgotten = new ArrayList<>();
    int bytes = sizes.values().stream().mapToInt(Integer::intValue).sum();
    // In the order of their names, which is that of time.
    for (Map.Entry<String, Integer> one : sizes.entrySet()) {
      Optional<Window> window = window(one.getKey());
      if (one.getKey().equals(key(newest)) || window.isEmpty()) {
        continue;
      }
      if (window.get().isForgottenAt(newest) || bytes > MOST_BYTES) {
        forgotten.add(one.getKey());
        bytes -= one.getValue();
      }
    }
    return forgotten;
  }

  /** Keys of ConfigMaps have no colons. */
  private static String key(Window window) {
    return window.toString().replace(":", ".").replace(" ", "_");
  }

  private static Optional<Window> window(String key) {
    String[] words = key.split("_", 2);
    return words.length == 2
        ? Window.parse(words[0].replaceFirst("T(\\d+)\\.(\\d+)\\.", "T$1:$2:"), words[1])
        : Optional.empty();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    lines.forEach(
        (way, parts) -> {
          text.append(way);
          parts.forEach(
              (part, value) -> {
                text.append(' ').append(part);
                if (!value.equals(SENT)) {
                  text.append('=').append(ReceiptKey.word(value));
                }
              });
          text.append('\n');
        });
    return text.toString();
  }

  /** What most receivers give, so that it is left out. */
  static final String SENT = "sent";

  private Map<String, String> read(Window window, String text) {
    Map<String, String> entries = new HashMap<>();
    for (String line : text.lines().toList()) {
      try {
        readLine(window, line, entries);
      } catch (IllegalArgumentException e) {
        throw new DeliveryException(
            "%s has the line \"%s\", which the reporter did not write; correct or remove it"
                .formatted(object, line),
            e);
      }
    }
    return entries;
  }

  private void readLine(Window window, String line, Map<String, String> entries) {
    String[] words = line.split(" ", -1);
    if (words.length < 3) {
      throw new IllegalArgumentException(line);
    }
    for (String word : List.of(words).subList(2, words.length)) {
      String[] part = word.split("=", 2);
      ReceiptKey key =
          new ReceiptKey(
              window,
              ReceiptKey.plain(words[0]),
              ReceiptKey.plain(words[1]),
              ReceiptKey.plain(part[0]));
      String value = part.length == 1 ? SENT : ReceiptKey.plain(part[1]);
      put(key, value);
      entries.put(key.toString(), value);
    }
  }

  private static int size(String key, String value) {
    return key.length() + value.getBytes(UTF_8).length;
  }
}

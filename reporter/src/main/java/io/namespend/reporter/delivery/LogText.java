package io.namespend.reporter.delivery;

import static java.util.stream.Collectors.joining;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A log as text: a line for each entry, key and value apart by a tab. */
final class LogText {
  /** Longer than anybody retries a week; keeps a ConfigMap far below its 1 MiB. */
  private static final Duration KEPT = Duration.ofDays(45);

  private LogText() {}

  static Map<String, String> parse(String text, String where) {
    Map<String, String> entries = new TreeMap<>();
    for (String line : text.lines().filter(any -> !any.isBlank()).toList()) {
      String[] parts = line.split("\t", -1);
      if (parts.length != 2) {
        throw new DeliveryException(
            "%s has the line \"%s\", which the reporter did not write; correct or remove it"
                .formatted(where, line));
      }
      entries.put(parts[0], parts[1]);
    }
    return entries;
  }

  /** Without those whose window ended long before the newest one. */
  static String format(Map<String, String> entries) {
    Instant newest =
        entries.keySet().stream().map(LogText::window).max(Instant::compareTo).orElse(Instant.MIN);
    return entries.entrySet().stream()
        .filter(entry -> Duration.between(window(entry.getKey()), newest).compareTo(KEPT) < 0)
        .map(entry -> entry.getKey() + "\t" + entry.getValue() + "\n")
        .collect(joining());
  }

  /** The second word of a key is where its window ends. */
  private static Instant window(String key) {
    try {
      return Instant.parse(key.split(" ", 3)[1]);
    } catch (DateTimeException | ArrayIndexOutOfBoundsException e) {
      return Instant.EPOCH;
    }
  }
}

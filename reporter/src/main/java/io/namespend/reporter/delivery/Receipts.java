package io.namespend.reporter.delivery;

import java.util.Map;
import java.util.Optional;

/** What of one digest arrived through one channel, in this run or before. */
public final class Receipts {
  private final DeliveryLog log;
  private final Map<String, String> known;
  private final String prefix;

  /**
   * @param known what was remembered; this run's receipts are added
   */
  Receipts(DeliveryLog log, Map<String, String> known, String prefix) {
    this.log = log;
    this.known = known;
    this.prefix = prefix;
  }

  /** What the receiver gave for it. */
  public Optional<String> of(String part) {
    return Optional.ofNullable(known.get(key(part)));
  }

  /**
   * @throws DeliveryException if it arrived, but that cannot be remembered
   */
  public void add(String part, String value) {
    String clean = value.replaceAll("\\s+", " ");
    known.put(key(part), clean);
    try {
      log.add(key(part), clean);
    } catch (DeliveryException e) {
      throw new DeliveryException(
          "it arrived, but the next run will send it again: " + e.getMessage(), e);
    }
  }

  private String key(String part) {
    return prefix + " " + part.replaceAll("\\s+", "_");
  }
}

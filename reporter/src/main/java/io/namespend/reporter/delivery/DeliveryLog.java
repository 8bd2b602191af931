package io.namespend.reporter.delivery;

import java.util.Map;

/** Remembers between runs what was delivered. */
public interface DeliveryLog {
  /**
   * @return what was remembered, by key
   * @throws DeliveryException if that cannot be known
   */
  Map<String, String> load();

  /**
   * Adds one entry to what is remembered.
   *
   * @throws DeliveryException if it may be forgotten
   */
  void add(String key, String value);
}

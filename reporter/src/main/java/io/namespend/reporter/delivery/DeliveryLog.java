package io.namespend.reporter.delivery;

import java.util.Map;

/** Remembers between runs what was delivered. */
public interface DeliveryLog {
  /**
   * @param window of the digests, as keys have it
   * @return what was remembered of it, by key
   * @throws DeliveryException if that cannot be known
   */
  Map<String, String> load(Window window);

  /**
   * Adds one entry to what is remembered.
   *
   * @throws DeliveryException if it may be forgotten
   */
  void add(ReceiptKey key, String value);
}

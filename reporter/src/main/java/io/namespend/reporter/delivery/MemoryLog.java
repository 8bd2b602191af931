package io.namespend.reporter.delivery;

import java.util.HashMap;
import java.util.Map;

/** Remembers until the run ends. */
public final class MemoryLog implements DeliveryLog {
  private final Map<String, String> entries = new HashMap<>();

  @Override
  public Map<String, String> load(Window window) {
    return Map.copyOf(entries);
  }

  @Override
  public void add(ReceiptKey key, String value) {
    entries.put(key.toString(), value);
  }
}

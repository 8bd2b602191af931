package io.namespend.reporter.delivery;

import java.time.Instant;
import java.util.Map;

/** Receipts of a digest {@code w}, of one week. */
final class TestReceipts {
  static final Window WEEK = new Window(Instant.parse("2026-11-16T00:00:00Z"), 168);

  private TestReceipts() {}

  static Receipts of(Map<String, String> known, String channel) {
    return of(known, Turn.alone(), "", channel);
  }

  static Receipts of(Map<String, String> known, Turn turn, String copy, String channel) {
    return new Receipts(new Receipts.Run(new MemoryLog(), turn, known, copy), WEEK, "w", channel);
  }
}

package io.namespend.ledger.cli;

import io.namespend.ledger.books.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;

/** A line every few seconds for who waits. */
final class PrintedProgress implements Progress {
  private static final long PERIOD_NANOS = 5_000_000_000L;

  private final PrintWriter out;
  private final long start = System.nanoTime();
  private long last = start;
  private long total;
  private long done;

  PrintedProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(long bytes) {
    total = bytes;
  }

  @Override
  public void advance(String file, long bytes, long lines) {
    done += bytes;
    long now = System.nanoTime();
    if (now - last < PERIOD_NANOS || done == 0) {
      return;
    }
    last = now;
    double seconds = (now - start) / 1e9;
    out.printf(
        "%s: %.0f%%, %,d lines, %,.0f a second, %.0f s left%n",
        Path.of(file).getFileName(),
        100.0 * done / Math.max(1, total),
        lines,
        lines / seconds,
        seconds * (total - done) / done);
  }
}

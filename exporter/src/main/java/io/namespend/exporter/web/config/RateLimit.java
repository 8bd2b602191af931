package io.namespend.exporter.web.config;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A bucket of tokens: a request takes one, and each interval puts one back. */
public final class RateLimit {
  private final long interval;
  private final long full;
  private final LongSupplier nanoTime;

  /** Nanoseconds of waiting that are not spent yet. */
  private long saved;

  private long last;

  RateLimit(Duration interval, int burst, LongSupplier nanoTime) {
    this.interval = interval.toNanos();
    this.full = burst * this.interval;
    this.nanoTime = nanoTime;
    this.saved = full;
    this.last = nanoTime.getAsLong();
  }

  /** Takes a token; false if there is none. */
  public synchronized boolean tryTake() {
    long now = nanoTime.getAsLong();
    saved = Math.min(full, saved + (now - last));
    last = now;
    if (saved < interval) {
      return false;
    }
    saved -= interval;
    return true;
  }
}

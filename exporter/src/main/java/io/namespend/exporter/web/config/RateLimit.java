package io.namespend.exporter.web.config;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A bucket of tokens: a request takes one, and each interval puts one back. */
public final class RateLimit {
  private final long interval;
  private final int burst;
  private final LongSupplier nanoTime;

  /** When the bucket would have been empty, had it been filled at the present pace since. */
  private long emptySince;

  RateLimit(Duration interval, int burst, LongSupplier nanoTime) {
    this.interval = interval.toNanos();
    this.burst = burst;
    this.nanoTime = nanoTime;
    this.emptySince = nanoTime.getAsLong() - burst * this.interval;
  }

  /** Takes a token; false if there is none. */
  public synchronized boolean tryTake() {
    long now = nanoTime.getAsLong();
    emptySince = Math.max(emptySince, now - burst * interval);
    if (now - emptySince < interval) {
      return false;
    }
    emptySince += interval;
    return true;
  }
}

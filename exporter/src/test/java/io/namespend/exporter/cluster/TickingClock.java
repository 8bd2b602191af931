package io.namespend.exporter.cluster;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Each look at it is a second later, so that any news has a time of its own. */
final class TickingClock extends Clock {
  private final AtomicLong seconds;

  TickingClock(Instant start) {
    seconds = new AtomicLong(start.getEpochSecond());
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(seconds.incrementAndGet());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}

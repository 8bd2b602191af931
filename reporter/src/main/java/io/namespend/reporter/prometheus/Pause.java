package io.namespend.reporter.prometheus;

import java.time.Duration;

/** Waits before another attempt. */
@FunctionalInterface
public interface Pause {
  Pause SLEEP = duration -> Thread.sleep(duration.toMillis());

  void pause(Duration duration) throws InterruptedException;
}

package io.namespend.exporter.health;

import static java.lang.System.Logger.Level.ERROR;

import java.time.Duration;
import java.util.function.LongSupplier;

/** One loop in the background. It says that it comes round; who is silent for too long stalled. */
public final class Loop {
  private static final System.Logger LOG = System.getLogger(Loop.class.getName());

  private final String name;
  private final Duration patience;
  private final LongSupplier nanoTime;
  private volatile long turnedAt;
  private volatile String problem = "";

  Loop(String name, Duration patience, LongSupplier nanoTime) {
    this.name = name;
    this.patience = patience;
    this.nanoTime = nanoTime;
    this.turnedAt = nanoTime.getAsLong();
  }

  /** It came round, whether it achieved anything or not. */
  public void turned() {
    turnedAt = nanoTime.getAsLong();
  }

  /** A task for a timer, which would end it for good after whatever it throws. */
  public Runnable guarding(Runnable task) {
    return () -> {
      try {
        task.run();
        problem = "";
      } catch (Throwable e) {
        FatalErrors.endProcessIf(e);
        // Again in a moment; said once.
        if (!problem.equals(e.toString())) {
          problem = e.toString();
          LOG.log(ERROR, "loop {0} continues after {1}", name, e.toString(), e);
        }
      }
      turned();
    };
  }

  LoopState state() {
    return new LoopState(name, Duration.ofNanos(nanoTime.getAsLong() - turnedAt), patience);
  }
}

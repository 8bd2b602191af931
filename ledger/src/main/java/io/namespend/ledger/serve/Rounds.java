package io.namespend.ledger.serve;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Work that is done again and again, whose failures are counted and end nothing. */
final class Rounds {
  private static final System.Logger LOG = System.getLogger(Rounds.class.getName());

  /** A month of a large fleet takes Prometheus long; a round that takes longer hangs. */
  private static final Duration PATIENCE = Duration.ofHours(3);

  private final String name;
  private final Runnable work;
  private final Clock clock;
  private volatile Instant lastTurn;
  private volatile long failures;
  private volatile @Nullable String problem;

  /**
   * @param name as in the metric label {@code work}
   */
  Rounds(String name, Runnable work, Clock clock) {
    this.name = name;
    this.work = work;
    this.clock = clock;
    this.lastTurn = clock.instant();
  }

  void start(ScheduledExecutorService timer, Duration pause) {
    var unused =
        timer.scheduleWithFixedDelay(this::turn, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** One round on this thread. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void turn() {
    try {
      work.run();
      if (problem != null) {
        LOG.log(INFO, "{0}: works again", name);
      }
      problem = null;
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.equals(problem)) {
        LOG.log(WARNING, "{0}: the last figures stay: {1}", name, message);
      }
      problem = message;
      failures++;
    } finally {
      lastTurn = clock.instant();
    }
  }

  String name() {
    return name;
  }

  long failures() {
    return failures;
  }

  boolean isFailing() {
    return problem != null;
  }

  boolean isStalled() {
    return lastTurn.plus(PATIENCE).isBefore(clock.instant());
  }
}

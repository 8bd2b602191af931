package io.namespend.exporter.price.refresh;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.namespend.exporter.health.FatalErrors;
import io.namespend.exporter.health.Loop;
import io.namespend.exporter.health.Loops;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes each source in the background, away from scrapes. A source that fails keeps its prices,
 * is counted, and is left alone for a while.
 */
public final class PriceRefresher {
  private static final System.Logger LOG = System.getLogger(PriceRefresher.class.getName());

  /** How soon a changed file or a new kind of node is noticed. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** A cloud is asked many things, of which each may take two minutes. */
  private static final Duration PATIENCE = Duration.ofHours(2);

  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final List<Task> tasks;
  private final Clock clock;
  private final Runnable onChange;

  /**
   * @param onChange called after prices may have changed
   */
  public PriceRefresher(List<? extends Refreshed> sources, Clock clock, Runnable onChange) {
    this.tasks = sources.stream().map(Task::new).toList();
    this.clock = clock;
    this.onChange = onChange;
  }

  /**
   * Begins; returns at once.
   *
   * @param timer with a thread for each source, so that a slow one holds up no other
   * @param loops gets one of each source
   */
  public void start(ScheduledExecutorService timer, Loops loops) {
    for (Task task : tasks) {
      Loop loop = loops.add("prices " + task.source.name(), PATIENCE);
      var unused =
          timer.scheduleWithFixedDelay(
              loop.guarding(() -> refresh(task)), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** One round of all sources, on this thread. */
  public void refreshAll() {
    tasks.forEach(this::refresh);
  }

  public List<RefreshStatus> statuses() {
    return tasks.stream().map(task -> task.status).toList();
  }

  /** Names of the sources that did not answer all that they were asked in a round after that. */
  public List<String> unanswered(Instant since) {
    return tasks.stream()
        .filter(task -> !task.answered.isAfter(since))
        .map(task -> task.source.name())
        .toList();
  }

  private void refresh(Task task) {
    Instant now = clock.instant();
    if (now.isBefore(task.notBefore)) {
      return;
    }
    try {
      boolean changed = task.source.refresh(now);
      task.succeeded(now);
      if (changed) {
        onChange.run();
      }
    } catch (IOException | RuntimeException | Error e) {
      FatalErrors.endProcessIf(e);
      task.failed(now, e);
      if (e instanceof PriceUnknownException) {
        task.answered = now;
      }
      onChange.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A source with how it goes. The status is read by scrapes, the rest by its own thread. */
  private static final class Task {
    private final Refreshed source;
    private Instant notBefore = Instant.MIN;
    private Duration wait = FIRST_WAIT;
    private @Nullable String problem;
    private volatile RefreshStatus status;

    /** When the last round began in which everything was answered. */
    private volatile Instant answered = Instant.MIN;

    Task(Refreshed source) {
      this.source = source;
      this.status = new RefreshStatus(source.name(), Optional.empty(), 0, false);
    }

    void succeeded(Instant now) {
      if (problem != null) {
        LOG.log(INFO, "prices of {0} are refreshed again", source.name());
      }
      problem = null;
      wait = FIRST_WAIT;
      answered = now;
      status = new RefreshStatus(source.name(), source.asOf(now), status.failures(), false);
    }

    void failed(Instant now, Throwable e) {
      String message = String.valueOf(e.getMessage());
      if (!message.equals(problem)) {
        LOG.log(
            WARNING,
            "cannot refresh prices of {0}, the last ones stay: {1}",
            source.name(),
            message);
      }
      problem = message;
      notBefore = now.plus(wait);
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
      status = new RefreshStatus(source.name(), status.lastSuccess(), status.failures() + 1, true);
    }
  }
}

package io.namespend.exporter.health;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a loop in the background goes.
 *
 * @param sinceTurned since it last came round
 * @param patience how long that may take at most
 */
public record LoopState(String name, Duration sinceTurned, Duration patience) {
  public LoopState {
    requireNonNull(name, "name");
    requireNonNull(sinceTurned, "sinceTurned");
    requireNonNull(patience, "patience");
  }

  /** Whether it stands still; nothing but a restart helps. */
  public boolean isStalled() {
    return sinceTurned.compareTo(patience) > 0;
  }
}

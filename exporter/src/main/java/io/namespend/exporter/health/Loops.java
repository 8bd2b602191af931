package io.namespend.exporter.health;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** All loops in the background of an exporter. Without each of them figures grow old in silence. */
public final class Loops {
  private final LongSupplier nanoTime;
  private final List<Loop> loops = new CopyOnWriteArrayList<>();

  public Loops() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}, which does not jump with the clock
   */
  public Loops(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * A loop more.
   *
   * @param patience how long it may take to come round, its longest waits included
   */
  public Loop add(String name, Duration patience) {
    Loop loop = new Loop(name, patience, nanoTime);
    loops.add(loop);
    return loop;
  }

  public List<LoopState> states() {
    return loops.stream().map(Loop::state).toList();
  }
}

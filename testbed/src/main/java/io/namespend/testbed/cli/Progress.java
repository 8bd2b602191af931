package io.namespend.testbed.cli;

/** Says what happens, with the seconds since the start. */
final class Progress {
  private final long start = System.nanoTime();

  void step(String what) {
    System.out.printf("%4d s  %s%n", (System.nanoTime() - start) / 1_000_000_000L, what);
  }
}

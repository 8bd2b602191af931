package io.namespend.exporter.health;

/**
 * Errors after which nothing that a process does can be trusted: a thread ended in the middle of
 * something, and whatever waits for it waits for ever. Whoever restarts the process heals it. The
 * JVM option {@code -XX:+ExitOnOutOfMemoryError} does the same earlier, but not for each of them.
 */
public final class FatalErrors {
  /** As the JVM's own. */
  private static final int EXIT_CODE = 3;

  private FatalErrors() {}

  /** Also for threads that nobody guards. */
  public static void endProcessWhenUncaught() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, problem) -> {
          endProcessIf(problem);
          System.err.println("thread \"%s\" ended: %s".formatted(thread.getName(), problem));
        });
  }

  /** Returns unless the error is fatal. */
  public static void endProcessIf(Throwable problem) {
    if (isFatal(problem)) {
      try {
        System.err.println("the process ends: " + problem);
      } finally {
        Runtime.getRuntime().halt(EXIT_CODE);
      }
    }
  }

  /** A stack that overflowed is whole again once the error was thrown. */
  static boolean isFatal(Throwable problem) {
    return problem instanceof VirtualMachineError && !(problem instanceof StackOverflowError);
  }
}

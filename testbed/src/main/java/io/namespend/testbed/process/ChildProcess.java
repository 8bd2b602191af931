package io.namespend.testbed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A process that ends with the one that started it, whatever happens: its shell waits on a pipe
 * that the operating system closes when this JVM is gone.
 */
final class ChildProcess implements AutoCloseable {
  private static final String RUN_UNTIL_PIPE_CLOSES =
      """
      exec 3<&0
      "$@" </dev/null 3<&- & child=$!
      (cat <&3 >/dev/null; kill $child 2>/dev/null) &
      wait $child
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String name;
  private final Process process;
  private final Path log;

  /** The path of what runs, as the operating system sees it. */
  private final String program;

  private ChildProcess(String name, Process process, String program, Path log) {
    this.name = name;
    this.process = process;
    this.program = program;
    this.log = log;
  }

  /**
   * @param log where standard output and error go
   */
  static ChildProcess start(String name, List<String> command, Path log) {
    return start(name, command, Map.of(), log);
  }

  /**
   * @param environment beside that of this process
   * @param log where standard output and error go
   */
  static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path log) {
    List<String> wrapped = new ArrayList<>(List.of("sh", "-c", RUN_UNTIL_PIPE_CLOSES, "sh"));
    wrapped.addAll(command);
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      ProcessBuilder builder =
          new ProcessBuilder(wrapped)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      Process process = builder.start();
      return new ChildProcess(name, process, realPath(command.get(0)), log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  private static String realPath(String program) throws IOException {
    Path path = Path.of(program);
    return Files.exists(path) ? path.toRealPath().toString() : program;
  }

  /**
   * Waits for the end.
   *
   * @throws FailedProcessException if it does not end with 0
   */
  void awaitSuccess() {
    try {
      int exit = process.waitFor();
      if (exit != 0) {
        throw new FailedProcessException(name + " ended with " + exit + lastLines());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedProcessException(name + " was interrupted");
    } finally {
      close();
    }
  }

  /**
   * The program itself, which is a child of its shell.
   *
   * @throws FailedProcessException if it has ended
   */
  ProcessHandle program() {
    return process
        .children()
        .filter(child -> child.info().command().filter(program::equals).isPresent())
        .findFirst()
        .orElseThrow(() -> new FailedProcessException(name + " has ended" + lastLines()));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** For error messages. */
  String lastLines() {
    try (var lines = Files.lines(log)) {
      List<String> all = lines.toList();
      return all.stream()
          .skip(Math.max(0, all.size() - 5))
          .collect(Collectors.joining("\n  ", "; its log " + log + " ends with:\n  ", ""));
    } catch (IOException | UncheckedIOException e) {
      return "; its log " + log + " cannot be read";
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The shell is gone already, which is what closing asks for.
    }
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

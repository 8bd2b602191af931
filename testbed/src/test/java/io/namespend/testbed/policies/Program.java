package io.namespend.testbed.policies;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A program that runs in the project's folder, to its end. */
record Program(List<String> command) {
  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  /**
   * @param output what it said, errors too
   */
  record Result(int exit, String output) {}

  static Optional<Path> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Result run(String... arguments) {
    List<String> all = Stream.concat(command.stream(), Stream.of(arguments)).toList();
    try {
      Process process =
          new ProcessBuilder(all).directory(PROJECT.toFile()).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + all, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: " + all, e);
    }
  }
}

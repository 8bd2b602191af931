package io.namespend.testbed.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a program left when it ended.
 *
 * @param out standard output
 * @param err standard error
 */
record Output(int exit, String out, String err) {
  /** Standard output of a program that must succeed, and without a warning. */
  static String quiet(List<String> command) {
    Output output = of(command);
    if (output.exit != 0 || !output.err.isBlank()) {
      throw new AssertionError("%s ended with %d: %s".formatted(command, output.exit, output.err));
    }
    return output.out;
  }

  static Output of(List<String> command) {
    try {
      Path errors = Files.createTempFile("namespend", ".err");
      try {
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Output(process.waitFor(), out, Files.readString(errors));
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}

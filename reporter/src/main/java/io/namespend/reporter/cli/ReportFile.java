package io.namespend.reporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;

/** The file that --output names. */
final class ReportFile {
  private ReportFile() {}

  /** Without a file, to standard output. */
  static void write(Optional<Path> file, CommandLine command, String content) {
    if (file.isPresent()) {
      write(file.get(), content);
    } else {
      StandardOutput.print(command, content);
    }
  }

  static void write(Path file, String content) {
    write(file, content.getBytes(UTF_8));
  }

  static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new CannotReportException(
          "cannot write %s: %s; name a file in a writable folder with --output"
              .formatted(file, reason(file, e)),
          e);
    }
  }

  private static String reason(Path file, IOException e) {
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    if (e instanceof NoSuchFileException) {
      return "its folder does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String message =
        e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
    return Objects.requireNonNullElse(message, e.getClass().getSimpleName());
  }
}

package io.namespend.reporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** A file that an option names. */
final class InputFile {
  private InputFile() {}

  static String read(String option, Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new CannotReportException(
          "cannot read %s: %s; give a readable file of UTF-8 text with %s"
              .formatted(file, reason(file, e), option),
          e);
    }
  }

  private static String reason(Path file, IOException e) {
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof CharacterCodingException) {
      return "it is not UTF-8";
    }
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }
}

package io.namespend.testbed.cli;

import io.namespend.testbed.month.MonthWriter;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A month that {@code write-month} wrote, or one that is written now and deleted in the end. */
final class WrittenMonth {
  @Option(names = "--month", paramLabel = "FOLDER", description = "What write-month wrote.")
  private Optional<Path> written = Optional.empty();

  @Option(
      names = "--project",
      defaultValue = ".",
      description = "The checkout (default: this folder). Data and logs go to its .benchmark.")
  private Path project = Path.of(".");

  @Mixin private MonthOptions month = new MonthOptions();

  Path project() {
    return project;
  }

  /** Reads a month. */
  @FunctionalInterface
  interface Reading {
    void of(Path folder) throws IOException;
  }

  void read(Tools tools, Progress progress, Reading reading) throws IOException {
    if (written.isPresent()) {
      reading.of(written.get().toAbsolutePath());
      return;
    }
    Path folder = project.resolve(".benchmark/month").toAbsolutePath().normalize();
    Folders.delete(folder);
    try {
      Files.createDirectories(folder);
      new MonthWriter(month.plan()).write(folder, tools, progress::step);
      reading.of(folder);
    } finally {
      Folders.delete(folder);
    }
  }
}

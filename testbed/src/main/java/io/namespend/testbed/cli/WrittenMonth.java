package io.namespend.testbed.cli;

import io.namespend.testbed.month.MonthWriter;
import io.namespend.testbed.process.FailedProcessException;
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

  /** Measures something with a month. */
  @FunctionalInterface
  interface Measurement {
    /**
     * @return Markdown
     */
    String of(Path folder, Tools tools, Progress progress) throws IOException;
  }

  /**
   * Prints what was measured.
   *
   * @param command for errors
   * @return the exit code
   */
  int measure(String command, Measurement measurement) throws IOException {
    Optional<Tools> tools = Tools.find();
    if (tools.isEmpty()) {
      System.err.println(command + ": prometheus and promtool must be on the PATH");
      return 1;
    }
    Progress progress = new Progress();
    Path own = project.resolve(".benchmark/month").toAbsolutePath().normalize();
    try {
      if (written.isEmpty()) {
        Folders.delete(own);
        Files.createDirectories(own);
        new MonthWriter(month.plan()).write(own, tools.get(), progress::step);
      }
      Path folder = written.orElse(own).toAbsolutePath();
      System.out.printf("%n%s", measurement.of(folder, tools.get(), progress));
      return 0;
    } catch (FailedProcessException | IllegalStateException | IllegalArgumentException e) {
      System.err.println(command + ": " + e.getMessage());
      return 1;
    } finally {
      Folders.delete(own);
    }
  }
}

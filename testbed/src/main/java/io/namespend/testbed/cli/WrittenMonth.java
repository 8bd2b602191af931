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

  @Mixin private Checkout checkout = new Checkout();

  @Mixin private MonthOptions month = new MonthOptions();

  Checkout checkout() {
    return checkout;
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
   * @return the exit code
   */
  int measure(Measurement measurement) throws IOException {
    Tools tools = Checkout.tools();
    Progress progress = new Progress();
    Path own = checkout.resolve(".benchmark/month");
    try {
      if (written.isEmpty()) {
        Folders.delete(own);
        Files.createDirectories(own);
        new MonthWriter(month.plan()).write(own, tools, progress::step);
      }
      Path folder = written.orElse(own).toAbsolutePath();
      System.out.printf("%n%s", measurement.of(folder, tools, progress));
      return 0;
    } finally {
      Folders.delete(own);
    }
  }
}

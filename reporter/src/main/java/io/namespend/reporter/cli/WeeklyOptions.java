package io.namespend.reporter.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What can be set on the command line of the weekly digest. */
final class WeeklyOptions {
  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description =
          "End of the seven days: \"now\" (the last full hour), a date (its 00:00) or an"
              + " instant such as 2026-11-16T06:00:00Z (default: the last Monday, 00:00 in the time"
              + " zone of the settings, otherwise UTC).")
  Optional<String> until = Optional.empty();

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Number of namespaces to list; the others become one line (default: ${DEFAULT-VALUE}).")
  int top = 20;

  @Option(names = "--dry-run", description = "Print every digest as text and send nothing.")
  boolean dryRun;

  @Option(names = "--resend", description = "Also send what was delivered before.")
  boolean resend;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Write the digest as a self-contained HTML page, or as a PDF if the name ends in .pdf."
              + " Can be repeated.")
  List<Path> output = new ArrayList<>();

  /**
   * @param settings whether there are some
   * @throws IllegalArgumentException if the options do not fit together; the message is for the
   *     user
   */
  void check(boolean settings) {
    if (!dryRun && output.isEmpty() && !settings) {
      throw new IllegalArgumentException(
          "nowhere to put the digest: use --dry-run to print it, --output FILE to write it as"
              + " HTML, or --config FILE that says who gets it");
    }
    if (resend && (dryRun || !settings)) {
      throw new IllegalArgumentException(
          "--resend has nothing to send: it requires --config, without --dry-run");
    }
    if (top < 1) {
      throw new IllegalArgumentException("--top is %d; use 1 or more".formatted(top));
    }
  }
}

package io.namespend.reporter.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What can be set on the command line of the weekly digest. */
final class WeeklyOptions {
  @Option(
      names = "--prometheus",
      paramLabel = "URL",
      required = true,
      description = "Address of the Prometheus with the recorded costs; can have a path.")
  String prometheus = "";

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description =
          "End of the seven days: \"now\" (the last full hour), a date (its 00:00 UTC) or an"
              + " instant such as 2026-11-16T06:00:00Z (default: the last Monday, 00:00 UTC).")
  Optional<String> until = Optional.empty();

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "How many namespaces to name; the others become one line (default: ${DEFAULT-VALUE}).")
  int top = 20;

  @Option(names = "--dry-run", description = "Print the digest as text, send nothing.")
  boolean dryRun;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write the digest as an HTML page that needs no other file.")
  Optional<Path> output = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long one query may take (default: ${DEFAULT-VALUE}).")
  int timeoutSeconds = 30;

  /**
   * @throws IllegalArgumentException if the options do not fit together; the message is for the
   *     user
   */
  void check() {
    if (!dryRun && output.isEmpty()) {
      throw new IllegalArgumentException(
          "nowhere to put the digest: sending it to Slack or by e-mail is not built yet, so take"
              + " --dry-run to print it or --output FILE to write it as HTML");
    }
    if (top < 1) {
      throw new IllegalArgumentException("--top is %d; take 1 or more".formatted(top));
    }
    if (timeoutSeconds < 1) {
      throw new IllegalArgumentException(
          "--timeout is %d; take 1 second or more".formatted(timeoutSeconds));
    }
  }
}

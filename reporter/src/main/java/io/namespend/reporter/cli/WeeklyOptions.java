package io.namespend.reporter.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What can be set on the command line of the weekly digest. */
final class WeeklyOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings: credentials, time zone, who gets which digest.")
  Optional<Path> config = Optional.empty();

  @Option(
      names = "--prometheus",
      paramLabel = "URL",
      description =
          "Address of the Prometheus with the recorded costs; can have a path. Goes before that of"
              + " the settings.")
  Optional<String> prometheus = Optional.empty();

  @Option(
      names = "--header",
      paramLabel = "NAME=FILE",
      description =
          "A header for Prometheus, such as X-Scope-OrgID, with its value in a file. Can be"
              + " repeated.")
  Map<String, Path> headers = new LinkedHashMap<>();

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description =
          "End of the seven days: \"now\" (the last full hour), a date (its 00:00) or an"
              + " instant such as 2026-11-16T06:00:00Z (default: the last Monday, 00:00 in the time"
              + " zone of the settings, else UTC).")
  Optional<String> until = Optional.empty();

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "How many namespaces to name; the others become one line (default: ${DEFAULT-VALUE}).")
  int top = 20;

  @Option(names = "--dry-run", description = "Print every digest as text, send nothing.")
  boolean dryRun;

  @Option(names = "--resend", description = "Send also what was delivered before.")
  boolean resend;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write the digest as an HTML page that needs no other file.")
  Optional<Path> output = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long one query may take (default: that of the settings, else 30).")
  Optional<Integer> timeoutSeconds = Optional.empty();

  /**
   * @throws IllegalArgumentException if the options do not fit together; the message is for the
   *     user
   */
  void check() {
    if (!dryRun && output.isEmpty() && config.isEmpty()) {
      throw new IllegalArgumentException(
          "nowhere to put the digest: take --dry-run to print it, --output FILE to write it as"
              + " HTML, or --config FILE that says who gets it");
    }
    if (resend && (dryRun || config.isEmpty())) {
      throw new IllegalArgumentException(
          "--resend has nothing to send: it goes with --config, and without --dry-run");
    }
    if (top < 1) {
      throw new IllegalArgumentException("--top is %d; take 1 or more".formatted(top));
    }
    int timeout = timeoutSeconds.orElse(1);
    if (timeout < 1) {
      throw new IllegalArgumentException(
          "--timeout is %d; take 1 second or more".formatted(timeout));
    }
  }
}

package io.namespend.reporter.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What can be set on the command line of the monthly statement. */
final class MonthlyOptions {
  @Option(
      names = "--month",
      paramLabel = "MONTH",
      description = "A month that is over, such as 2026-10 (default: the last one, UTC).")
  Optional<String> month = Optional.empty();

  @Option(
      names = "--anyway",
      description = "State the month before its working day, and whatever it would wait for.")
  boolean anyway;

  @Option(
      names = "--dry-run",
      description = "Print what each mail would say and who would get it; send and write nothing.")
  boolean dryRun;

  @Option(names = "--resend", description = "Also send what was delivered before.")
  boolean resend;
}

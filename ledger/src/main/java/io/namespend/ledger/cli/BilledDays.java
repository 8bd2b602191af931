package io.namespend.ledger.cli;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which of the billed days prices are from. */
final class BilledDays {
  private static final int MOST = 92;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many of the last billed days count (default: ${DEFAULT-VALUE}).")
  private int days = 3;

  int checked(CommandLine command) {
    if (days < 1 || days > MOST) {
      throw new ParameterException(
          command, "--days %d: write a number from 1 to %d".formatted(days, MOST));
    }
    return days;
  }
}

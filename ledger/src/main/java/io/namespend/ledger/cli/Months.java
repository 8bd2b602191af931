package io.namespend.ledger.cli;

import java.time.DateTimeException;
import java.time.YearMonth;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Months as options. */
final class Months {
  private Months() {}

  static YearMonth parse(CommandLine command, String text) {
    try {
      return YearMonth.parse(text);
    } catch (DateTimeException e) {
      throw new ParameterException(
          command, "--month %s: write a month such as 2026-10".formatted(text), e);
    }
  }
}

package io.namespend.reporter.cli;

import io.namespend.foundation.command.ErrorLines;
import io.namespend.foundation.settings.InvalidSettingsException;
import io.namespend.reporter.delivery.DeliveryException;
import io.namespend.reporter.digest.CannotDigestException;
import io.namespend.reporter.digest.PlainText;
import io.namespend.reporter.prometheus.PrometheusException;
import io.namespend.reporter.statement.CannotStateException;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Standard error: one line for what is wrong. */
final class ErrorLine {
  static final ErrorLines LINES = new ErrorLines("reporter");

  private ErrorLine() {}

  static void print(CommandLine command, String message) {
    LINES.print(command, PlainText.printable(message));
  }

  private static void printLines(CommandLine command, String message) {
    message.lines().forEach(line -> print(command, line));
  }

  /** What nobody foresaw keeps its stack trace. */
  static int failure(Exception e, CommandLine command, ParseResult parsed) throws Exception {
    if (e instanceof InvalidSettingsException) {
      printLines(command, String.valueOf(e.getMessage()));
      return command.getCommandSpec().exitCodeOnInvalidInput();
    }
    if (e instanceof PrometheusException
        || e instanceof DeliveryException
        || e instanceof CannotDigestException
        || e instanceof CannotStateException
        || e instanceof CannotReportException) {
      print(command, String.valueOf(e.getMessage()));
      return command.getCommandSpec().exitCodeOnExecutionException();
    }
    throw e;
  }

  /** Of what the user gave: what is wrong with it is a wrong option. */
  static <T> T checked(CommandLine command, Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(command, String.valueOf(e.getMessage()), e);
    }
  }
}

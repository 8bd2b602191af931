package io.namespend.ledger.cli;

import io.namespend.foundation.command.ErrorLines;
import io.namespend.foundation.settings.InvalidSettingsException;
import io.namespend.ledger.books.RejectedBillException;
import io.namespend.ledger.export.UnreadableExportException;
import io.namespend.ledger.reconcile.PrometheusException;
import io.namespend.ledger.serve.CannotServeException;
import io.namespend.ledger.store.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Standard error: one line for what is wrong. */
final class ErrorLine {
  static final ErrorLines LINES = new ErrorLines("ledger");

  private ErrorLine() {}

  /** What nobody foresaw keeps its stack trace. */
  static int failure(Exception e, CommandLine command, ParseResult parsed) throws Exception {
    if (e instanceof InvalidSettingsException) {
      String.valueOf(e.getMessage()).lines().forEach(line -> LINES.print(command, line));
      return command.getCommandSpec().exitCodeOnInvalidInput();
    }
    if (e instanceof UnreadableExportException
        || e instanceof RejectedBillException
        || e instanceof StoreException
        || e instanceof PrometheusException
        || e instanceof CannotServeException
        || e instanceof CannotWriteException) {
      LINES.print(command, String.valueOf(e.getMessage()));
      return command.getCommandSpec().exitCodeOnExecutionException();
    }
    throw e;
  }
}

package io.namespend.reporter.cli;

/** A report cannot be handed over; the message says why, and what to do. */
final class CannotReportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotReportException(String message) {
    super(message);
  }

  CannotReportException(String message, Throwable cause) {
    super(message, cause);
  }
}

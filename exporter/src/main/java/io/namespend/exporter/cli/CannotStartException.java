package io.namespend.exporter.cli;

/** The exporter cannot start; the message says why, and what to do. */
final class CannotStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotStartException(String message, Throwable cause) {
    super(message, cause);
  }

  CannotStartException(String message) {
    super(message);
  }
}

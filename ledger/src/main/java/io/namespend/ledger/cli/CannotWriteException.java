package io.namespend.ledger.cli;

/** An output file cannot be written; the message says why. */
final class CannotWriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotWriteException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.namespend.ledger.export;

/** A bill export cannot be imported; the message says what, where, and what to do. */
public final class UnreadableExportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableExportException(String message) {
    super(message);
  }

  public UnreadableExportException(String message, Throwable cause) {
    super(message, cause);
  }
}

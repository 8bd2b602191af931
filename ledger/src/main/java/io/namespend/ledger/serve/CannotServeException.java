package io.namespend.ledger.serve;

/** The server cannot start; the message says why, and what to do. */
public final class CannotServeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotServeException(String message, Throwable cause) {
    super(message, cause);
  }
}

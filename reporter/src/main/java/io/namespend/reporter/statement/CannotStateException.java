package io.namespend.reporter.statement;

/** There is no statement of that period; the message says why, and what to do. */
public final class CannotStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CannotStateException(String message) {
    super(message);
  }
}

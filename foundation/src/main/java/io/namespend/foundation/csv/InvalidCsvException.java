package io.namespend.foundation.csv;

/** A text is no CSV; the message has the line and what is wrong there. */
public final class InvalidCsvException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidCsvException(String line, String reason) {
    super("line %s: %s".formatted(line, reason));
  }

  InvalidCsvException(String line, Throwable cause) {
    super("line %s: %s".formatted(line, cause.getMessage()), cause);
  }
}

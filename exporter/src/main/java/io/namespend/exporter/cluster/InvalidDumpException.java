package io.namespend.exporter.cluster;

/** A cluster dump that cannot be used; the message says which file, why, and what to do. */
public final class InvalidDumpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidDumpException(String message) {
    super(message);
  }

  InvalidDumpException(String message, Throwable cause) {
    super(message, cause);
  }
}

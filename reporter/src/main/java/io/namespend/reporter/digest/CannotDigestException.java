package io.namespend.reporter.digest;

/** There is no digest of that week; the message says why, and what to do. */
public final class CannotDigestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotDigestException(String message) {
    super(message);
  }
}

package io.namespend.testbed.process;

/**
 * A process did not start, or did not do its work; the message says which, and where its log is.
 */
public final class FailedProcessException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FailedProcessException(String message) {
    super(message);
  }
}

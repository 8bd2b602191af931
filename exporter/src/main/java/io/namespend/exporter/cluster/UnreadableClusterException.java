package io.namespend.exporter.cluster;

/** A cluster that cannot be listed; the message has the address and the problem. */
public final class UnreadableClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}

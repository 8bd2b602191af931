package io.namespend.exporter.cluster.json;

/** An object that is not what its kind should be. The message names the object and the problem. */
public final class InvalidObjectException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  InvalidObjectException(String message, Throwable cause) {
    super(message, cause);
  }
}

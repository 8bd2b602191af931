package io.namespend.reporter.delivery;

import org.jspecify.annotations.Nullable;

/** Something was not delivered, or not remembered; the message says why, and what to do. */
public final class DeliveryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeliveryException(String message) {
    super(message);
  }

  public DeliveryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

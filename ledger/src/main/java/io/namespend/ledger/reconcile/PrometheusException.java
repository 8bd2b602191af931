package io.namespend.ledger.reconcile;

/** Prometheus gave no answer; the message says why, and what to do. */
public final class PrometheusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PrometheusException(String message) {
    super(message);
  }

  PrometheusException(String message, Throwable cause) {
    super(message, cause);
  }
}

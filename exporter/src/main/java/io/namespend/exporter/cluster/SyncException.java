package io.namespend.exporter.cluster;

/** A request to the Kubernetes API that failed. The message has the address and the problem. */
final class SyncException extends Exception {
  private static final long serialVersionUID = 1;

  private final SyncFailure failure;

  SyncException(SyncFailure failure, String message) {
    super(message);
    this.failure = failure;
  }

  SyncFailure failure() {
    return failure;
  }
}

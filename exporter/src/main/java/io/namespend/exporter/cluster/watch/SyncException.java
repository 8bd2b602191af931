package io.namespend.exporter.cluster.watch;

import io.namespend.foundation.settings.Secrets;

/**
 * A request to the Kubernetes API that failed. The message has the address, without a password, and
 * the problem.
 */
public final class SyncException extends Exception {
  private static final long serialVersionUID = 1;

  private final SyncFailure failure;

  SyncException(SyncFailure failure, String message) {
    super(Secrets.hidden(message));
    this.failure = failure;
  }

  public SyncFailure failure() {
    return failure;
  }
}

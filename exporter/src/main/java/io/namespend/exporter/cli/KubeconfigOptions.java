package io.namespend.exporter.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which cluster to connect to, for every command that asks its API. */
final class KubeconfigOptions {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "Kubeconfig to use (default: the pod's service account, otherwise $KUBECONFIG, otherwise"
              + " ~/.kube/config).")
  private Optional<Path> kubeconfig = Optional.empty();

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Kubeconfig context (default: the current one).")
  private Optional<String> context = Optional.empty();

  /** Whether a cluster is named, other than the one of this pod or user. */
  boolean isGiven() {
    return kubeconfig.isPresent() || context.isPresent();
  }

  /**
   * @throws CannotStartException if there is no such cluster to connect to
   */
  KubernetesClient open() {
    return ClusterConnection.open(kubeconfig, context, System.getenv());
  }
}

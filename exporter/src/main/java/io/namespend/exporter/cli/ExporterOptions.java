package io.namespend.exporter.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What can be set on the command line. */
final class ExporterOptions {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "10040",
      description = "Port to listen on (default: ${DEFAULT-VALUE}; 0 picks a free one).")
  int port = 10040;

  @Option(
      names = "--listen-address",
      paramLabel = "ADDRESS",
      defaultValue = "0.0.0.0",
      description = "Address to listen on (default: ${DEFAULT-VALUE}, all).")
  String listenAddress = "0.0.0.0";

  @Option(
      names = "--health-port",
      paramLabel = "PORT",
      description =
          "Separate port for the probes /-/healthy and /-/ready, over plain HTTP without"
              + " authentication (default: none; --port always has both; 0 picks a free one).")
  Optional<Integer> healthPort = Optional.empty();

  @Option(
      names = "--web.config.file",
      paramLabel = "FILE",
      description =
          "YAML file with TLS and basic authentication, in the format of Prometheus exporters"
              + " (default: plain HTTP without authentication).")
  Optional<Path> webConfigFile = Optional.empty();

  @Option(
      names = "--cluster-snapshot",
      paramLabel = "PATH",
      description =
          "Read the cluster from a file or folder of \"kubectl get ... -o json\" output instead of"
              + " the API.")
  Optional<Path> clusterSnapshot = Optional.empty();

  @Mixin KubeconfigOptions cluster = new KubeconfigOptions();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "YAML file with prices, owners, pools, services and budgets; reloaded when it changes"
              + " and on SIGHUP (default: an empty file). See: exporter check-policy --help")
  Optional<Path> policy = Optional.empty();

  @Option(
      names = "--no-pod-series",
      description =
          "Omit namespend_pod_request_hourly_cost, which has one series per pod. Costs by workload"
              + " are then based on requests alone.")
  boolean noPodSeries;
}

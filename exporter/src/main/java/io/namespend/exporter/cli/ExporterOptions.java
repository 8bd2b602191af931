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
      description = "Port to serve on (default: ${DEFAULT-VALUE}; 0 takes a free one).")
  int port = 10040;

  @Option(
      names = "--listen-address",
      paramLabel = "ADDRESS",
      defaultValue = "0.0.0.0",
      description = "Address to serve on (default: ${DEFAULT-VALUE}, all).")
  String listenAddress = "0.0.0.0";

  @Option(
      names = "--health-port",
      paramLabel = "PORT",
      description =
          "Port for /-/healthy and /-/ready alone, plain HTTP for everybody, for probes (default:"
              + " none; both are at --port too; 0 takes a free one).")
  Optional<Integer> healthPort = Optional.empty();

  @Option(
      names = "--web.config.file",
      paramLabel = "FILE",
      description =
          "YAML file with TLS and basic authentication, as Prometheus' exporters have it (default:"
              + " plain HTTP for everybody).")
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
          "YAML file with prices, owners, pools, services and budgets; read again when it changes"
              + " and on SIGHUP (default: what an empty file says). See: exporter check-policy"
              + " --help")
  Optional<Path> policy = Optional.empty();

  @Option(
      names = "--no-pod-series",
      description =
          "Leave out namespend_pod_request_hourly_cost, one series for each pod. Costs by workload"
              + " then come from requests alone.")
  boolean noPodSeries;
}

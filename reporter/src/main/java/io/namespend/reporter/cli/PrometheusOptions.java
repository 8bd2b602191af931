package io.namespend.reporter.cli;

import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.PrometheusUrl;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where the recorded costs are, for the commands that read them. */
final class PrometheusOptions {
  @Option(
      names = "--prometheus",
      paramLabel = "URL",
      required = true,
      description = "Address of the Prometheus with the recorded costs; can have a path.")
  String prometheus = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "How long one query may take (default: ${DEFAULT-VALUE}).")
  int timeoutSeconds = 120;

  /**
   * @throws IllegalArgumentException if the options do not fit; the message is for the user
   */
  void check() {
    if (timeoutSeconds < 1) {
      throw new IllegalArgumentException(
          "--timeout is %d; take 1 second or more".formatted(timeoutSeconds));
    }
  }

  PrometheusClient client(CommandLine command) {
    return PrometheusClient.of(
        PrometheusUrl.parse(prometheus),
        Duration.ofSeconds(timeoutSeconds),
        warning -> ErrorLine.print(command, "Prometheus warns: " + warning));
  }
}

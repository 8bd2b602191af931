package io.namespend.reporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.namespend.reporter.prometheus.Connection;
import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.PrometheusException;
import io.namespend.reporter.prometheus.PrometheusUrl;
import io.namespend.reporter.settings.Settings;
import io.namespend.reporter.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Where the recorded costs are and how to ask for them, for every command that reads them. */
final class PrometheusOptions {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings: credentials, time zone, who gets which digest.")
  Optional<Path> config = Optional.empty();

  @Option(
      names = "--prometheus",
      paramLabel = "URL",
      description =
          "URL of the Prometheus with the recorded costs, with an optional path. Overrides the"
              + " settings.")
  private Optional<String> prometheus = Optional.empty();

  @Option(
      names = "--service",
      paramLabel = "NAMESPACE/NAME",
      description =
          "Without a URL, Prometheus is reached with \"kubectl port-forward\"; this is its Service"
              + " (default: the one found in the cluster).")
  private Optional<String> service = Optional.empty();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Kubeconfig for that (default: kubectl's).")
  private Optional<Path> kubeconfig = Optional.empty();

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Context for that (default: the current one).")
  private Optional<String> context = Optional.empty();

  @Option(
      names = "--header",
      paramLabel = "NAME=FILE",
      description =
          "A header for Prometheus, such as X-Scope-OrgID, with its value read from a file. Can"
              + " be repeated.")
  private Map<String, Path> headers = new LinkedHashMap<>();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Timeout of a query (default: that of the settings, otherwise 120).")
  private Optional<Integer> timeoutSeconds = Optional.empty();

  private Map<String, String> environment = Map.of();

  /**
   * @param environment where secrets can be
   * @throws IllegalArgumentException if the options do not fit; the message is for the user
   */
  Settings settings(Map<String, String> environment) {
    int timeout = timeoutSeconds.orElse(1);
    if (timeout < 1) {
      throw new IllegalArgumentException(
          "--timeout is %d; use 1 second or more".formatted(timeout));
    }
    if (service.filter(name -> !name.matches("[a-z0-9-]+/[a-z0-9-]+")).isPresent()) {
      throw new IllegalArgumentException(
          "--service is \"%s\"; write NAMESPACE/NAME, such as monitoring/prometheus-operated"
              .formatted(service.get()));
    }
    this.environment = environment;
    return config.map(new SettingsReader(environment)::read).orElse(Settings.NONE);
  }

  /**
   * @throws IllegalArgumentException if it is nowhere said where Prometheus is
   */
  Connection connection(Settings settings) {
    Optional<String> named = prometheus.or(() -> settings.prometheus().url());
    boolean isChosen = service.isPresent() || kubeconfig.isPresent() || context.isPresent();
    if (prometheus.isPresent() && isChosen) {
      throw new IllegalArgumentException(
          "--prometheus says where Prometheus is; leave out --service, --kubeconfig and --context");
    }
    String url = named.isPresent() && !isChosen ? named.get() : forwarded();
    Map<String, String> all = new HashMap<>();
    settings.prometheus().headers().forEach((name, secret) -> all.put(name, secret.value()));
    headers.forEach((name, file) -> all.put(name, value(name, file)));
    return new Connection(
        parsed(url),
        timeoutSeconds
            .map(Duration::ofSeconds)
            .or(() -> settings.prometheus().timeout())
            .orElse(TIMEOUT),
        all,
        settings.prometheus().tls());
  }

  /** What the user wrote is a wrong option, and no failure of Prometheus. */
  private static PrometheusUrl parsed(String url) {
    try {
      return PrometheusUrl.parse(url);
    } catch (PrometheusException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  private String forwarded() {
    Path kubectl =
        PortForward.kubectl(environment)
            .filter(path -> !environment.containsKey("KUBERNETES_SERVICE_HOST"))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no Prometheus: give --prometheus URL, or prometheus.url in the settings;"
                            + " with kubectl on the PATH it is found by itself"));
    List<String> options = new ArrayList<>();
    kubeconfig.ifPresent(file -> options.add("--kubeconfig=" + file));
    context.ifPresent(name -> options.add("--context=" + name));
    return PortForward.open(kubectl, options, service);
  }

  static PrometheusClient client(Connection connection, CommandLine command) {
    return PrometheusClient.of(
        connection, warning -> ErrorLine.print(command, "Prometheus warns: " + warning));
  }

  private static String value(String name, Path file) {
    try {
      String value = Files.readString(file, UTF_8).strip();
      if (!name.matches("[A-Za-z0-9-]+") || value.isEmpty() || value.contains("\n")) {
        throw new IllegalArgumentException(
            "--header %s=%s is not a header; name one line of text".formatted(name, file));
      }
      return value;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--header %s=%s: the file cannot be read; name a readable one".formatted(name, file), e);
    }
  }
}

package io.namespend.reporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.namespend.reporter.prometheus.Connection;
import io.namespend.reporter.prometheus.PrometheusUrl;
import io.namespend.reporter.settings.Settings;
import io.namespend.reporter.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The settings file under the options of the command line. */
final class WeeklySettings {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private WeeklySettings() {}

  static Settings read(WeeklyOptions options, Map<String, String> environment) {
    return options.config.map(new SettingsReader(environment)::read).orElse(Settings.NONE);
  }

  /**
   * @throws IllegalArgumentException if it is nowhere said where Prometheus is
   */
  static Connection connection(WeeklyOptions options, Settings settings) {
    String url =
        options
            .prometheus
            .or(() -> settings.prometheus().url())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no Prometheus: give --prometheus URL, or prometheus.url in the settings"));
    Map<String, String> headers = new HashMap<>();
    settings.prometheus().headers().forEach((name, secret) -> headers.put(name, secret.value()));
    options.headers.forEach((name, file) -> headers.put(name, value(name, file)));
    return new Connection(
        PrometheusUrl.parse(url),
        options
            .timeoutSeconds
            .map(Duration::ofSeconds)
            .or(() -> settings.prometheus().timeout())
            .orElse(TIMEOUT),
        headers,
        settings.prometheus().tls());
  }

  private static String value(String name, Path file) {
    try {
      String value = Files.readString(file, UTF_8).strip();
      if (!name.matches("[A-Za-z0-9-]+") || value.isEmpty() || value.contains("\n")) {
        throw new IllegalArgumentException(
            "--header %s=%s is no header; name one line of text".formatted(name, file));
      }
      return value;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--header %s=%s: the file cannot be read; name a readable one".formatted(name, file), e);
    }
  }
}

package io.namespend.exporter.web.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the server may be reached.
 *
 * @param tls empty for plain HTTP
 * @param headers to be sent with every answer
 * @param users bcrypt hashes by name; empty if everybody may ask
 */
public record WebConfig(
    Optional<TlsConfig> tls,
    Map<String, String> headers,
    Map<String, String> users,
    Optional<RateLimit> rateLimit) {
  /** Plain HTTP for everybody. */
  public static final WebConfig OPEN =
      new WebConfig(Optional.empty(), Map.of(), Map.of(), Optional.empty());

  /** What an answer may carry, as the exporter-toolkit has it. */
  static final List<String> HEADERS =
      List.of(
          "Content-Security-Policy",
          "Strict-Transport-Security",
          "X-Content-Type-Options",
          "X-Frame-Options",
          "X-XSS-Protection");

  public WebConfig {
    headers = Map.copyOf(headers);
    users = Map.copyOf(users);
  }
}

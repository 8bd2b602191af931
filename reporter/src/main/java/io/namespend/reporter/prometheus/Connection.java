package io.namespend.reporter.prometheus;

import static java.util.Objects.requireNonNull;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where Prometheus is and how one asks it.
 *
 * @param timeout for each attempt, from connecting to the last byte
 * @param headers sent with every query, such as Authorization or X-Scope-OrgID; their values are
 *     secret
 * @param tls what to trust instead of the JDK's certificates
 */
public record Connection(
    PrometheusUrl url, Duration timeout, Map<String, String> headers, Optional<SSLContext> tls) {
  public Connection {
    requireNonNull(url, "url");
    requireNonNull(timeout, "timeout");
    headers = Map.copyOf(headers);
    requireNonNull(tls, "tls");
  }

  public static Connection open(PrometheusUrl url, Duration timeout) {
    return new Connection(url, timeout, Map.of(), Optional.empty());
  }

  HttpClient http() {
    HttpClient.Builder http =
        HttpClient.newBuilder()
            // Spares proxies the attempt to upgrade a plain connection to HTTP/2.
            .version(HttpClient.Version.HTTP_1_1)
            // A redirect would take the headers along, to whatever host it names.
            .followRedirects(
                headers.isEmpty() ? HttpClient.Redirect.NORMAL : HttpClient.Redirect.NEVER);
    tls.ifPresent(http::sslContext);
    return http.build();
  }

  @Override
  public String toString() {
    return "%s with headers %s".formatted(url, headers.keySet());
  }
}

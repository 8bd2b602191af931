package io.namespend.reporter.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.namespend.foundation.settings.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where Prometheus is: http or https, http where only host and port are given, possibly below a
 * path, without credentials.
 *
 * @param base ends with a slash
 */
public record PrometheusUrl(URI base) {
  private static final Pattern HOST_AND_PORT = Pattern.compile("[\\w.-]+:\\d+(/.*)?");
  private static final String EXAMPLE = "http://prometheus-operated.monitoring:9090";

  public PrometheusUrl {
    requireNonNull(base, "base");
  }

  /**
   * @throws PrometheusException if the text is no such URL
   */
  public static PrometheusUrl parse(String text) {
    URI uri = uri(text);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw invalid(text, "is not an http or https URL");
    }
    if (uri.getRawUserInfo() != null) {
      throw invalid(text, "has credentials in it, which end up in process lists and logs");
    }
    if (uri.getHost() == null || uri.getPort() > 65_535) {
      throw invalid(text, "has no valid host and port");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw invalid(text, "has more than a path behind the host");
    }
    return new PrometheusUrl(URI.create(uri.toString().replaceFirst("/*$", "/")));
  }

  URI instantQuery(String promql, Instant at) {
    return base.resolve(
        "api/v1/query?query=%s&time=%s"
            .formatted(URLEncoder.encode(promql, UTF_8), URLEncoder.encode(at.toString(), UTF_8)));
  }

  URI runtimeInfo() {
    return base.resolve("api/v1/status/runtimeinfo");
  }

  URI rangeQuery(String promql, Instant start, Instant end, Duration step) {
    return base.resolve(
        "api/v1/query_range?query=%s&start=%s&end=%s&step=%d"
            .formatted(
                URLEncoder.encode(promql, UTF_8),
                URLEncoder.encode(start.toString(), UTF_8),
                URLEncoder.encode(end.toString(), UTF_8),
                step.toSeconds()));
  }

  @Override
  public String toString() {
    return base.toString();
  }

  private static URI uri(String text) {
    String address = text.strip();
    try {
      return new URI(HOST_AND_PORT.matcher(address).matches() ? "http://" + address : address);
    } catch (URISyntaxException e) {
      throw invalid(text, "is not a URL");
    }
  }

  private static PrometheusException invalid(String text, String why) {
    return new PrometheusException(
        "\"%s\" %s; give the address of Prometheus itself, such as %s"
            .formatted(Secrets.hidden(text), why, EXAMPLE));
  }
}

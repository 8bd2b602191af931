package io.namespend.reporter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrometheusUrlTest {
  private static final Instant MONDAY = Instant.parse("2026-11-16T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "http://localhost:9090,          http://localhost:9090/api/v1/query",
    "http://localhost:9090/,         http://localhost:9090/api/v1/query",
    "https://example.com/prometheus, https://example.com/prometheus/api/v1/query",
    "https://example.com/a/b/,       https://example.com/a/b/api/v1/query",
    "localhost:9090,                 http://localhost:9090/api/v1/query",
    "prometheus.monitoring:80/p,     http://prometheus.monitoring:80/p/api/v1/query",
    "HTTP://[::1]:9090,              HTTP://[::1]:9090/api/v1/query",
  })
  void keepsThePathPrefix(String given, String query) {
    assertThat(PrometheusUrl.parse(given).instantQuery("up", MONDAY))
        .hasToString(query + "?query=up&time=2026-11-16T00%3A00%3A00Z");
  }

  @Test
  void encodesTheQuery() {
    assertThat(
            PrometheusUrl.parse("http://p").instantQuery("a{b=\"c & d\"}+1", MONDAY).getRawQuery())
        .startsWith("query=a%7Bb%3D%22c+%26+d%22%7D%2B1&");
  }

  @ParameterizedTest
  @CsvSource({
    "prometheus,                is not an http or https URL",
    "ftp://prometheus,          is not an http or https URL",
    "'',                        is not an http or https URL",
    "http://,                   is not a URL",
    "http://a b,                is not a URL",
    "http://my_host:9090,       has no valid host and port",
    "http://prometheus:99999,   has no valid host and port",
    "http:/prometheus,          has no valid host and port",
    "http://p/graph?g0.expr=up, has more than a path behind the host",
    "http://p/#/graph,          has more than a path behind the host",
  })
  void saysWhatIsWrongAndWhatToGive(String given, String reason) {
    assertThatThrownBy(() -> PrometheusUrl.parse(given))
        .isInstanceOf(PrometheusException.class)
        .hasMessage(
            "\"%s\" %s; give the address of Prometheus itself, such as".formatted(given, reason)
                + " http://prometheus-operated.monitoring:9090");
  }

  @ParameterizedTest
  @CsvSource({"https://me:secret@example.com", "http://me:secret 1@example.com"})
  void neverShowsPasswords(String given) {
    assertThatThrownBy(() -> PrometheusUrl.parse(given))
        .isInstanceOf(PrometheusException.class)
        .hasMessageContaining("://...@example.com\"")
        .hasMessageNotContaining("secret");
  }
}

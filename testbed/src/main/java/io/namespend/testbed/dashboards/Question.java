package io.namespend.testbed.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.testbed.benchmark.PrometheusApi;
import java.time.Duration;

/**
 * What Grafana asks Prometheus.
 *
 * @param place the dashboard, panel and letter that want to know
 * @param step zero for a question about the end of the range only
 */
public record Question(String place, String promql, TimeRange range, Duration step) {
  /**
   * @throws IllegalStateException if Prometheus refuses
   */
  public JsonNode ask(PrometheusApi prometheus) {
    return step.isZero()
        ? prometheus.query(promql, range.to())
        : prometheus.range(promql, range.from(), range.to(), step);
  }
}

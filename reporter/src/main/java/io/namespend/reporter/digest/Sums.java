package io.namespend.reporter.digest;

import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.Sample;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Answers of Prometheus, added up. */
final class Sums {
  private Sums() {}

  /**
   * @param key of which samples are added
   * @throws CannotDigestException if an amount is none
   */
  static <K> Map<K, Double> read(
      PrometheusClient prometheus, String promql, Instant at, Function<Sample, K> key) {
    Map<K, Double> sums = new HashMap<>();
    for (Sample sample : prometheus.query(promql, at)) {
      if (!Double.isFinite(sample.value())) {
        throw new CannotDigestException(
            "%s at %s is %s for %s, which does not add up; find the hour that went wrong with the"
                    .formatted(promql, at, sample.value(), sample.labels())
                + " same series in Prometheus, and delete its sample");
      }
      sums.merge(key.apply(sample), sample.value(), Double::sum);
    }
    return sums;
  }
}

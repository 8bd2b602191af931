package io.namespend.reporter.prometheus;

import java.time.Instant;
import java.util.Map;

/** One element of a range vector: values by time, without the steps that have none. */
public record Series(Map<String, String> labels, Map<Instant, Double> values) {
  public Series {
    labels = Map.copyOf(labels);
    values = Map.copyOf(values);
  }

  /** In PromQL a label that is absent is the same as an empty one. */
  public String label(String name) {
    return labels.getOrDefault(name, "");
  }
}

package io.namespend.reporter.prometheus;

import java.util.Map;

/** One element of an instant vector. The value can be NaN or infinite, as in Prometheus. */
public record Sample(Map<String, String> labels, double value) {
  public Sample {
    labels = Map.copyOf(labels);
  }

  /** In PromQL a label that is absent is the same as an empty one. */
  public String label(String name) {
    return labels.getOrDefault(name, "");
  }
}

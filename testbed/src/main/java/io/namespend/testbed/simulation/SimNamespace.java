package io.namespend.testbed.simulation;

import java.util.Map;

/** A namespace with its labels and annotations. */
public record SimNamespace(
    String name, Map<String, String> labels, Map<String, String> annotations) {
  public SimNamespace {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }
}

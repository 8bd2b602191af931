package io.namespend.testbed.simulation;

import java.util.Map;

/** A namespace with its labels. */
public record SimNamespace(String name, Map<String, String> labels) {
  public SimNamespace {
    labels = Map.copyOf(labels);
  }
}

package io.namespend.exporter.cluster.pod;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * A namespace with its labels.
 *
 * @param annotations those of Namespend, by their whole name
 */
public record Namespace(String name, Map<String, String> labels, Map<String, String> annotations) {
  public Namespace {
    requireNonNull(name, "name");
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /** A namespace without annotations. */
  public Namespace(String name, Map<String, String> labels) {
    this(name, labels, Map.of());
  }
}

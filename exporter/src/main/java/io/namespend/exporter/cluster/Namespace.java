package io.namespend.exporter.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** A namespace with its labels. */
public record Namespace(String name, Map<String, String> labels) {
  public Namespace {
    requireNonNull(name, "name");
    labels = Map.copyOf(labels);
  }
}

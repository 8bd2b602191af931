package io.namespend.exporter.policy;

import io.namespend.exporter.settings.Problem;

/**
 * An annotation of a namespace that is wrong; the policy file counts instead.
 *
 * @param annotation its whole name
 * @param remedy the rule, and what to write instead
 */
public record InvalidAnnotation(String namespace, String annotation, String value, String remedy) {
  @Override
  public String toString() {
    return new Problem("namespace %s, %s".formatted(namespace, annotation), value, remedy)
        .toString();
  }
}

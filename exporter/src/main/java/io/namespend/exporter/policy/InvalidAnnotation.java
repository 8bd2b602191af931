package io.namespend.exporter.policy;

import io.namespend.foundation.settings.Problem;

/**
 * An annotation of a namespace that is wrong; the policy file counts instead.
 *
 * @param annotation its whole name
 * @param remedy the rule, and what to write instead
 */
public record InvalidAnnotation(String namespace, String annotation, String value, String remedy) {
  private static final int LONGEST_SHOWN = 100;

  public InvalidAnnotation {
    value = shortened(value);
  }

  /** An annotation may have 256 kB, a line of a log should not. */
  static String shortened(String value) {
    return value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN) + "...";
  }

  @Override
  public String toString() {
    return new Problem("namespace %s, %s".formatted(namespace, annotation), value, remedy)
        .toString();
  }
}

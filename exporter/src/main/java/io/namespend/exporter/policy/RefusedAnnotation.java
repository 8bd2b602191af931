package io.namespend.exporter.policy;

import io.namespend.foundation.settings.Constant;
import io.namespend.foundation.settings.Problem;

/**
 * An annotation of a namespace that makes sense but that the policy does not let count; the policy
 * file counts instead.
 *
 * @param annotation its whole name
 * @param remedy the rule, and what to write instead
 */
public record RefusedAnnotation(
    String namespace, String annotation, String value, Rule rule, String remedy) {

  /** Why it does not count. */
  public enum Rule {
    NOT_ALLOWED,
    RAISES_BUDGET,
    CHANGES_OWNER,
    TOO_LONG,
    TOO_FAR_AHEAD,
    CHANNEL_NOT_LISTED,
    TEAM_NOT_LABELLED;

    /** As in metrics. */
    public String text() {
      return Constant.text(this);
    }
  }

  public RefusedAnnotation {
    value = InvalidAnnotation.shortened(value);
  }

  @Override
  public String toString() {
    return new Problem("namespace %s, %s".formatted(namespace, annotation), value, remedy)
        .toString();
  }
}

package io.namespend.exporter.policy;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Something that is counted, and whose cost is known.
 *
 * @param name as in the label {@code unit} of the counts
 * @param scope whose cost is divided by the count
 * @param of names of what is in scope; empty for the whole cluster
 * @param minimum fewer in a span have no cost each
 */
public record CostUnit(String name, Scope scope, List<String> of, double minimum) {
  public CostUnit {
    requireNonNull(name, "name");
    requireNonNull(scope, "scope");
    of = List.copyOf(of);
  }

  /** What a unit may be made by. */
  public enum Scope {
    SERVICES("services", "service"),
    TEAMS("teams", "team"),
    NAMESPACES("namespaces", "namespace"),
    CLUSTER("", "cluster");

    private final String key;
    private final String metricLabel;

    Scope(String key, String metricLabel) {
      this.key = key;
      this.metricLabel = metricLabel;
    }

    /** As in the policy file. */
    public String key() {
      return key;
    }

    /** As in metrics. */
    public String metricLabel() {
      return metricLabel;
    }
  }
}

package io.namespend.exporter.policy;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/**
 * What may be spent.
 *
 * @param owner exactly a name, or namespaces by a glob, each of which has the budget for itself
 * @param path where the policy file has it
 */
public record Budget(
    Scope scope, String owner, OptionalDouble daily, OptionalDouble monthly, String path) {
  public Budget {
    requireNonNull(scope, "scope");
    requireNonNull(owner, "owner");
    requireNonNull(daily, "daily");
    requireNonNull(monthly, "monthly");
    requireNonNull(path, "path");
  }

  /** Whose spending it limits. */
  public enum Scope {
    NAMESPACE("namespace", "namespace"),
    TEAM("team", "team"),
    COST_CENTER("costCenter", "cost_center");

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

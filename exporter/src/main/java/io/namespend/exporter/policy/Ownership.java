package io.namespend.exporter.policy;

import java.util.Map;

/** Finds who owns a namespace, by its labels. */
public final class Ownership {
  /** Default of a team, cost center or product that nothing names. */
  static final String UNATTRIBUTED = "unattributed";

  private static final String UNKNOWN = "unknown";

  public Owner ofNamespace(Map<String, String> labels) {
    return new Owner(
        labels.getOrDefault("team", UNATTRIBUTED),
        labels.getOrDefault("cost-center", UNATTRIBUTED),
        labels.getOrDefault("environment", UNKNOWN),
        labels.getOrDefault("app.kubernetes.io/part-of", UNATTRIBUTED),
        labels.containsKey("team") ? "namespace-label" : "default");
  }
}

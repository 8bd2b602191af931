package io.namespend.exporter.policy.owner;

/** What ownership consists of; each part is found on its own. */
public enum OwnerPart {
  TEAM("team", "team", "team", "unattributed"),
  COST_CENTER("costCenter", "cost_center", "cost-center", "unattributed"),
  ENVIRONMENT("environment", "environment", "environment", "unknown"),
  PRODUCT("product", "product", "app.kubernetes.io/part-of", "unattributed");

  private final String key;
  private final String metricLabel;
  private final String usualLabel;
  private final String usualDefault;

  OwnerPart(String key, String metricLabel, String usualLabel, String usualDefault) {
    this.key = key;
    this.metricLabel = metricLabel;
    this.usualLabel = usualLabel;
    this.usualDefault = usualDefault;
  }

  /** As in the policy file. */
  public String key() {
    return key;
  }

  /** As in metrics. */
  public String metricLabel() {
    return metricLabel;
  }

  /** Whether it says who is charged. */
  public boolean pays() {
    return this == TEAM || this == COST_CENTER;
  }

  /** The Kubernetes label that names it where the policy names no other. */
  String usualLabel() {
    return usualLabel;
  }

  /** What is said where nothing names it. */
  String usualDefault() {
    return usualDefault;
  }
}

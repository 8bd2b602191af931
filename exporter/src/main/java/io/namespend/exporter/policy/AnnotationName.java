package io.namespend.exporter.policy;

import io.namespend.foundation.settings.Constant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a namespace can say for itself. */
public enum AnnotationName {
  MODEL,
  DAILY_BUDGET,
  MONTHLY_BUDGET,
  PLANNED_CHANGE,
  SLACK_CHANNEL,
  TEAM,
  COST_CENTER,
  ENVIRONMENT,
  PRODUCT;

  private static final String PREFIX = "namespend.io/";

  /** All of them, for people. */
  static final String KNOWN =
      Arrays.stream(values()).map(Constant::text).collect(Collectors.joining(", "));

  /**
   * @param key begins with our prefix
   */
  static Optional<AnnotationName> of(String key) {
    return Arrays.stream(values()).filter(name -> name.key().equals(key)).findFirst();
  }

  /** As on a namespace. */
  public String key() {
    return PREFIX + Constant.text(this);
  }
}

package io.namespend.exporter.policy.pool;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Over whom a pool is split: everybody, or those who run where its cost arises. */
public enum Per {
  CLUSTER("cluster"),
  NODE_GROUP("nodeGroup"),
  NODE("node");

  private final String text;

  Per(String text) {
    this.text = text;
  }

  /** As in the policy file and in metrics. */
  public String text() {
    return text;
  }

  /**
   * @throws IllegalArgumentException that lists the constants, if it is none of them
   */
  public static Per parse(String text) {
    return Arrays.stream(values())
        .filter(per -> per.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "write one of "
                        + Arrays.stream(values())
                            .map(Per::text)
                            .collect(Collectors.joining(", "))));
  }
}

package io.namespend.exporter.cluster;

import io.namespend.exporter.cluster.watch.WatchTiming;
import java.time.Duration;

/** What tests of watches have in common. */
public final class Watched {
  /** Waits long, so that only the fault of the test happens, and tries again at once. */
  public static final WatchTiming PATIENT =
      new WatchTiming(
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofMillis(5),
          Duration.ofMillis(40));

  static final String NODE =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1, labels: {node.kubernetes.io/instance-type: m5.large}}
      status: {capacity: {cpu: '2', memory: 8Gi}}
      """;

  private Watched() {}
}

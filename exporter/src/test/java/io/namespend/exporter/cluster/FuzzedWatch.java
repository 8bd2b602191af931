package io.namespend.exporter.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.namespend.exporter.cluster.watch.KindSync;
import io.namespend.exporter.cluster.watch.WatchTiming;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A watched cluster whose API server serves anything. */
public final class FuzzedWatch implements AutoCloseable {
  private static final WatchTiming TIMING =
      new WatchTiming(
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofMillis(5),
          Duration.ofMillis(40));

  private final StandInApiServer api = StandInApiServer.start();
  private final WatchedCluster cluster =
      new WatchedCluster(
          StandInApiServer.clientFor(api.port()),
          Clock.systemUTC(),
          Set.of("team"),
          Set.of("team"),
          TIMING);

  private FuzzedWatch() {
    cluster.start();
  }

  public static FuzzedWatch start() {
    return new FuzzedWatch();
  }

  /** What has no metadata cannot be in an API server. */
  public void apply(ObjectNode object) {
    if (object.path("metadata").isObject()) {
      api.apply(object);
    }
  }

  /** Objects that arrive after all others, one of each kind of the core group. */
  public void applyMarker() {
    for (String kind : List.of("Node", "Namespace")) {
      ObjectNode marker = JsonNodeFactory.instance.objectNode();
      marker.put("apiVersion", "v1").put("kind", kind);
      marker.putObject("metadata").put("name", "marker");
      api.apply(marker);
    }
  }

  public boolean hasMarkers() {
    return cluster.isSynced()
        && snapshot().nodes().stream().anyMatch(node -> node.name().equals("marker"))
        && snapshot().namespaces().stream()
            .anyMatch(namespace -> namespace.name().equals("marker"));
  }

  public ClusterSnapshot snapshot() {
    return cluster.snapshot();
  }

  public int unreadable() {
    return cluster.syncs().stream().mapToInt(KindSync::unreadable).sum();
  }

  @Override
  public void close() {
    cluster.close();
    api.close();
  }
}

package io.namespend.exporter.cli;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.StandInApiServer;
import io.namespend.exporter.cluster.WatchTiming;
import io.namespend.exporter.cluster.WatchedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceAccountTest {
  private static final WatchTiming TIMING =
      new WatchTiming(
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofMillis(5),
          Duration.ofMillis(40));
  private static final String NODE =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1}
      """;

  @TempDir private Path folder;

  @AfterEach
  void forgetAddress() {
    System.clearProperty("kubernetes.master");
  }

  @Test
  void aRotatedTokenIsTakenWithoutRestart() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "first\n");
    try (StandInApiServer api = StandInApiServer.start()) {
      api.requireToken("first");
      api.apply(NODE);
      System.setProperty("kubernetes.master", StandInApiServer.url(api.port()));
      var client =
          ClusterConnection.open(
              Optional.empty(),
              Optional.empty(),
              Map.of("KUBERNETES_SERVICE_HOST", "127.0.0.1"),
              token);
      try (WatchedCluster cluster =
          new WatchedCluster(client, Clock.systemUTC(), Set.of(), Set.of(), TIMING)) {
        cluster.start(() -> {});
        eventually(() -> assertThat(cluster.snapshot().nodes()).hasSize(1));

        Files.delete(token);
        api.requireToken("second");
        api.endWatches();
        eventually(
            () ->
                assertThat(cluster.syncs())
                    .allMatch(
                        sync ->
                            sync.trouble().map(t -> t.label()).orElse("").equals("unauthorized")));
        api.apply(NODE.replace("n1", "n2"));
        assertThat(cluster.snapshot().nodes()).hasSize(1);

        Files.writeString(token, "second\n");
        eventually(() -> assertThat(cluster.snapshot().nodes()).hasSize(2));
      }
    }
  }
}

package io.namespend.exporter.cli;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.namespend.exporter.cluster.StandInApiServer;
import io.namespend.exporter.cluster.Watched;
import io.namespend.exporter.cluster.WatchedCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAccountTest {
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

  /** Whatever answers in the place of the API server, the token is for that alone. */
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectDoesNotGetTheToken(int status) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "secret\n");
    List<Map<String, List<String>>> stolen = new CopyOnWriteArrayList<>();
    HttpServer thief = HttpServer.create(loopback(2), 0);
    HttpServer api = HttpServer.create(loopback(1), 0);
    try {
      thief.createContext(
          "/",
          exchange -> {
            stolen.add(Map.copyOf(exchange.getRequestHeaders()));
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
          });
      thief.start();
      api.createContext(
          "/",
          exchange -> {
            String there =
                "http://127.0.0.2:" + thief.getAddress().getPort() + exchange.getRequestURI();
            exchange.getResponseHeaders().set("Location", there);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      api.start();
      System.setProperty("kubernetes.master", "http://127.0.0.1:" + api.getAddress().getPort());
      var client =
          ClusterConnection.open(
              Optional.empty(),
              Optional.empty(),
              Map.of("KUBERNETES_SERVICE_HOST", "127.0.0.1"),
              token);
      try (WatchedCluster cluster =
          new WatchedCluster(client, Clock.systemUTC(), Set.of(), Set.of(), Watched.PATIENT)) {
        cluster.start();
        eventually(
            () ->
                assertThat(cluster.awaited())
                    .allMatch(sync -> sync.failures().values().stream().anyMatch(n -> n > 1)));
      }
      assertThat(stolen).isEmpty();
    } finally {
      api.stop(0);
      thief.stop(0);
    }
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
          new WatchedCluster(client, Clock.systemUTC(), Set.of(), Set.of(), Watched.PATIENT)) {
        cluster.start();
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

  /** One of the many addresses of this machine. */
  private static InetSocketAddress loopback(int last) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), 0);
  }
}

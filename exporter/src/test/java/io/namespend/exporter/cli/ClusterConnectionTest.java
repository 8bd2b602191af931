package io.namespend.exporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterConnectionTest {
  @TempDir private Path folder;

  /** A proxy for http servers only is what the client made of it. */
  @Test
  void goesThroughTheProxyOfTheKubeconfig() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> firstLine(proxy));
      try (KubernetesClient client = open("http://127.0.0.1:" + proxy.getLocalPort())) {
        assertThatThrownBy(() -> client.namespaces().list()).isInstanceOf(Exception.class);
      }
      assertThat(asked.get(30, TimeUnit.SECONDS)).startsWith("CONNECT api.example.com:6443 ");
    }
  }

  private KubernetesClient open(String proxy) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            current-context: a
            contexts: [{name: a, context: {cluster: a, user: a}}]
            clusters: [{name: a, cluster: {server: "https://api.example.com:6443", proxy-url: "%s"}}]
            users: [{name: a, user: {token: t}}]
            """
                .formatted(proxy));
    return ClusterConnection.open(Optional.of(file), Optional.empty(), Map.of());
  }

  private static String firstLine(ServerSocket proxy) {
    try (Socket client = proxy.accept();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
      String line = String.valueOf(in.readLine());
      client.getOutputStream().write("HTTP/1.1 502 Bad Gateway\r\n\r\n".getBytes(UTF_8));
      return line;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

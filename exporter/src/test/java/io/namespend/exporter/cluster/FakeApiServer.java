package io.namespend.exporter.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The Kubernetes client's own API server for tests, which can also refuse. */
final class FakeApiServer implements AutoCloseable {
  private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
  private final boolean forgetful;
  private final KubernetesMockServer server;
  private final KubernetesClient admin;

  private FakeApiServer(int port, boolean forgetful) {
    this.forgetful = forgetful;
    MockWebServer http = new MockWebServer();
    http.setHttp2ClearTextEnabled(false);
    server = new KubernetesMockServer(new Context(), http, new HashMap<>(), new Refusing(), false);
    server.init(InetAddress.getLoopbackAddress(), port);
    admin = server.createClient();
  }

  static FakeApiServer start() {
    return new FakeApiServer(0, false);
  }

  static FakeApiServer startOn(int port) {
    return new FakeApiServer(port, false);
  }

  /** One that no longer knows the versions from which watches would go on. */
  static FakeApiServer startForgetfulOn(int port) {
    return new FakeApiServer(port, true);
  }

  /** A port on which nothing listens. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return server.getPort();
  }

  /** A client for the exporter, which tries again at once. */
  static KubernetesClient clientFor(int port) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                .withMasterUrl(
                    "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port)
                .withWatchReconnectInterval(20)
                .withRequestRetryBackoffLimit(0)
                .build())
        .build();
  }

  void create(String yaml) {
    ClusterYaml.objects(yaml).forEach(object -> admin.resource(object).create());
  }

  void update(String yaml) {
    ClusterYaml.objects(yaml).forEach(object -> admin.resource(object).update());
  }

  void delete(String yaml) {
    ClusterYaml.objects(yaml).forEach(this::delete);
  }

  private void delete(HasMetadata object) {
    admin.resource(object).withGracePeriod(0).delete();
  }

  /** Answers requests whose path contains {@code part} with that status. */
  void refuse(String part, int status) {
    refusals.put(part, status);
  }

  void allow(String part) {
    refusals.remove(part);
  }

  /**
   * Breaks all connections, as an upgrade of the control plane does. Not waited for: the mock
   * blocks its own event loop for 10 seconds if a watch closes while it sends to it.
   */
  void stop() {
    Thread stopping = new Thread(server::destroy, "stop API server");
    stopping.setDaemon(true);
    stopping.setUncaughtExceptionHandler((thread, tooSlow) -> {});
    stopping.start();
  }

  @Override
  public void close() {
    admin.close();
    stop();
  }

  private final class Refusing extends KubernetesCrudDispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      if (forgetful && request.getPath().contains("&watch=true")) {
        return new MockResponse().withWebSocketUpgrade(new Gone());
      }
      return refusals.entrySet().stream()
          .filter(refusal -> request.getPath().contains(refusal.getKey()))
          .findAny()
          .map(refusal -> new MockResponse().setResponseCode(refusal.getValue()))
          .orElseGet(() -> super.dispatch(request));
    }
  }

  /** An expired version is told by an event, not by the status of the response. */
  private static final class Gone extends WebSocketListener {
    @Override
    public void onOpen(WebSocket socket, Response response) {
      socket.send(
          """
          {"type": "ERROR", "object": {"kind": "Status", "apiVersion": "v1", "status": "Failure",
           "message": "too old resource version: 1 (7)", "reason": "Expired", "code": 410}}
          """);
    }
  }
}

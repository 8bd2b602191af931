package io.namespend.testbed.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.namespend.testbed.simulation.SimulatedCluster;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The simulated cluster behind the Kubernetes client's own API server for tests. */
public final class SimulatedApiServer implements AutoCloseable {
  private final SimulatedCluster cluster;
  private final KubernetesMockServer server;
  private final KubernetesClient client;
  private Map<String, HasMetadata> served = new HashMap<>();

  private SimulatedApiServer(SimulatedCluster cluster, KubernetesMockServer server) {
    this.cluster = cluster;
    this.server = server;
    this.client = server.createClient();
  }

  /** Serves on a free loopback port, with the cluster as it is at that second. */
  public static SimulatedApiServer start(SimulatedCluster cluster, long second) {
    KubernetesMockServer server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new KubernetesCrudDispatcher(),
            false);
    server.init(InetAddress.getLoopbackAddress(), 0);
    SimulatedApiServer api = new SimulatedApiServer(cluster, server);
    api.moveTo(second);
    return api;
  }

  /** Creates, changes and deletes what is different at that second. */
  public void moveTo(long second) {
    Map<String, HasMetadata> wanted = new LinkedHashMap<>();
    ClusterObjects.at(cluster, second).forEach(object -> wanted.put(key(object), object));
    served.forEach(
        (key, object) -> {
          if (!wanted.containsKey(key)) {
            client.resource(object).delete();
          }
        });
    wanted.forEach(
        (key, object) -> {
          HasMetadata before = served.get(key);
          if (before == null) {
            client.resource(object).create();
          } else if (!before.equals(object)) {
            client.resource(object).update();
          }
        });
    served = wanted;
  }

  /** A kubeconfig that leads here. */
  public String kubeconfig() {
    return """
    apiVersion: v1
    kind: Config
    clusters: [{name: simulated, cluster: {server: "%s"}}]
    users: [{name: demo, user: {}}]
    contexts: [{name: simulated, context: {cluster: simulated, user: demo}}]
    current-context: simulated
    """
        .formatted(server.url("/"));
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }

  private static String key(HasMetadata object) {
    return object.getKind()
        + "/"
        + object.getMetadata().getNamespace()
        + "/"
        + object.getMetadata().getName();
  }
}

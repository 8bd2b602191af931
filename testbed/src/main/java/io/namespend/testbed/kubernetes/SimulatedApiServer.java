package io.namespend.testbed.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.namespend.testbed.simulation.SimulatedCluster;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The simulated cluster as an API server lists it and tells its changes. */
public final class SimulatedApiServer implements AutoCloseable {
  private static final Pattern VERSION = Pattern.compile("resourceVersion=(\\d+)");

  private final SimulatedCluster cluster;
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "API server");
            thread.setDaemon(true);
            return thread;
          });
  private final ObjectMapper json = new ObjectMapper();
  private final ChangeLog changes = new ChangeLog();
  private Map<String, HasMetadata> served = new HashMap<>();

  private SimulatedApiServer(SimulatedCluster cluster, HttpServer server) {
    this.cluster = cluster;
    this.server = server;
  }

  /** Serves on a free loopback port, with the cluster as it is at that second. */
  public static SimulatedApiServer start(SimulatedCluster cluster, long second) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      SimulatedApiServer api = new SimulatedApiServer(cluster, server);
      api.moveTo(second);
      server.setExecutor(api.threads);
      server.createContext("/", api::answer);
      server.start();
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates, changes and deletes what is different at that second. */
  public synchronized void moveTo(long second) {
    Map<String, HasMetadata> wanted = new LinkedHashMap<>();
    ClusterObjects.at(cluster, second).forEach(object -> wanted.put(key(object), object));
    served.forEach(
        (key, object) -> {
          if (!wanted.containsKey(key)) {
            tell("DELETED", object);
          }
        });
    wanted.forEach(
        (key, object) -> {
          HasMetadata before = served.get(key);
          if (!object.equals(before)) {
            tell(before == null ? "ADDED" : "MODIFIED", object);
          }
        });
    served = wanted;
  }

  /** A kubeconfig that leads here. */
  public String kubeconfig() {
    InetSocketAddress address = server.getAddress();
    return """
    apiVersion: v1
    kind: Config
    clusters: [{name: simulated, cluster: {server: "http://%s:%d"}}]
    users: [{name: demo, user: {}}]
    contexts: [{name: simulated, context: {cluster: simulated, user: demo}}]
    current-context: simulated
    """
        .formatted(address.getAddress().getHostAddress(), address.getPort());
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      Matcher version = VERSION.matcher(query);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (query.contains("watch=true") && version.find()) {
        exchange.sendResponseHeaders(200, 0);
        watch(
            exchange.getRequestURI().getPath(),
            Long.parseLong(version.group(1)),
            exchange.getResponseBody());
      } else {
        byte[] list =
            list(exchange.getRequestURI().getPath()).toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, list.length);
        exchange.getResponseBody().write(list);
      }
    } catch (InterruptedException e) {
      // The server closes.
      Thread.currentThread().interrupt();
    }
  }

  /** All in one page. */
  private synchronized ObjectNode list(String path) {
    ObjectNode list = json.createObjectNode().put("kind", "List").put("apiVersion", "v1");
    list.putObject("metadata").put("resourceVersion", Long.toString(changes.version()));
    var items = list.putArray("items");
    served.values().stream()
        .filter(object -> path(object).equals(path))
        .forEach(object -> items.add(json.<ObjectNode>valueToTree(object)));
    return list;
  }

  private void watch(String path, long from, OutputStream out)
      throws IOException, InterruptedException {
    long version = from;
    while (true) {
      ChangeLog.News news = changes.after(version, path);
      version = news.version();
      out.write(news.lines().getBytes(StandardCharsets.UTF_8));
      out.flush();
      if (news.isEnd()) {
        return;
      }
    }
  }

  private void tell(String type, HasMetadata object) {
    changes.add(path(object), type, json.valueToTree(object));
  }

  private static String path(HasMetadata object) {
    return (object.getApiVersion().contains("/") ? "/apis/" : "/api/")
        + object.getApiVersion()
        + "/"
        + object.getPlural();
  }

  private static String key(HasMetadata object) {
    return object.getKind()
        + "/"
        + object.getMetadata().getNamespace()
        + "/"
        + object.getMetadata().getName();
  }
}

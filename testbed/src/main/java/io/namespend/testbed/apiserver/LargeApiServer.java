package io.namespend.testbed.apiserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.namespend.testbed.apiserver.Pods.Phase;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Lists and watches of a large cluster, as the exporter asks for them: pages, bookmarks each
 * minute, 410 for what is forgotten, metadata alone where only that is asked for. Objects are
 * written when they are sent, so that the server is small.
 *
 * <p>A page has the objects as they are when it is asked for. A watch from the list's version then
 * repeats what happened meanwhile, which ends the same.
 *
 * <p>{@code GET /testbed/pods} tells which pods there are in truth, {@code GET
 * /testbed/changes/10000} changes so many a minute from now on.
 */
public final class LargeApiServer implements AutoCloseable {
  private static final long BOOKMARK_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int MOST_AT_ONCE = 100;
  private static final ChangeLog NO_CHANGES = new ChangeLog();

  private final Map<String, ObjectList> lists;
  private final Pods pods;
  private final PodChurn churn;
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "API server");
            thread.setDaemon(true);
            return thread;
          });

  private LargeApiServer(ClusterSize size, long seed, HttpServer server) {
    this.server = server;
    Nodes nodes = new Nodes(size);
    pods = new Pods(size, seed);
    churn = new PodChurn(pods, nodes, seed);
    lists = new HashMap<>(ServedObjects.of(size));
    lists.put("/api/v1/nodes", nodes);
    lists.put("/api/v1/pods", pods);
  }

  /**
   * Serves on loopback.
   *
   * @param port 0 for any that is free
   * @param seed of names, nodes and changes of pods
   * @throws IOException if the port is taken
   */
  public static LargeApiServer start(ClusterSize size, long seed, int port) throws IOException {
    return start(size, seed, HttpServer.create(loopback(port), 0));
  }

  /** As above, with TLS. */
  public static LargeApiServer start(ClusterSize size, long seed, int port, SSLContext tls)
      throws IOException {
    HttpsServer https = HttpsServer.create(loopback(port), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(tls));
    return start(size, seed, https);
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static LargeApiServer start(ClusterSize size, long seed, HttpServer http) {
    LargeApiServer server = new LargeApiServer(size, seed, http);
    http.setExecutor(server.threads);
    http.createContext("/", server::answer);
    http.start();
    server.threads.execute(server.churn);
    return server;
  }

  public URI address() {
    return URI.create(
        "%s://127.0.0.1:%d"
            .formatted(
                server instanceof HttpsServer ? "https" : "http", server.getAddress().getPort()));
  }

  /** Changes of pods a minute from now on. */
  public void changePods(int aMinute) {
    churn.setPerMinute(aMinute);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/testbed/pods")) {
        exchange.sendResponseHeaders(200, 0);
        try (Writer out = writer(exchange.getResponseBody())) {
          pods.writeTruth(out);
        }
      } else if (path.startsWith("/testbed/changes/")) {
        changePods(Integer.parseInt(path.substring("/testbed/changes/".length())));
        exchange.sendResponseHeaders(204, -1);
      } else {
        answer(exchange, path);
      }
    } catch (InterruptedException e) {
      // The server closes.
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, String path) throws IOException, InterruptedException {
    ObjectList objects = lists.get(path);
    boolean isMetadata = path.startsWith("/apis/apps/") || path.startsWith("/apis/batch/");
    if (objects == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    if (isMetadata
        && !String.valueOf(exchange.getRequestHeaders().getFirst("Accept"))
            .contains("as=PartialObjectMetadata")) {
      exchange.sendResponseHeaders(406, -1);
      return;
    }
    Map<String, String> query = query(exchange);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    if (query.containsKey("watch")) {
      watch(objects, query, out);
    } else {
      list(objects, query, out);
    }
  }

  private static void list(ObjectList objects, Map<String, String> query, OutputStream body)
      throws IOException {
    // Version and first place of the page.
    String[] token = query.getOrDefault("continue", "0.0").split("\\.", -1);
    int first = Integer.parseInt(token[1]);
    long version = first == 0 ? version(objects) : Long.parseLong(token[0]);
    int limit = Integer.parseInt(query.getOrDefault("limit", "500"));
    int end = (int) Math.min((long) first + limit, objects.places());
    try (Writer out = writer(body)) {
      out.write("{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"");
      out.write(Long.toString(version));
      if (end < objects.places()) {
        out.write("\",\"continue\":\"%d.%d".formatted(version, end));
        out.write("\",\"remainingItemCount\":" + (objects.places() - end));
      } else {
        out.write('"');
      }
      out.write("},\"items\":[");
      StringBuilder json = new StringBuilder();
      String separator = "";
      for (int place = first; place < end; place++) {
        json.setLength(0);
        if (!(isOfPlacedPods(objects, query) && ((Pods) objects).phase(place) == Phase.PENDING)) {
          objects.write(place, json);
        }
        if (json.length() > 0) {
          out.write(separator);
          out.append(json);
          separator = ",";
        }
      }
      out.write("]}\n");
    }
  }

  /** The only selector that clients of this server use. */
  private static boolean isOfPlacedPods(ObjectList objects, Map<String, String> query) {
    return objects instanceof Pods
        && query.getOrDefault("fieldSelector", "").contains("spec.nodeName!=");
  }

  private static long version(ObjectList objects) {
    return objects instanceof WatchedObjects watched ? watched.changes().version() : 1;
  }

  private static void watch(ObjectList objects, Map<String, String> query, OutputStream body)
      throws IOException, InterruptedException {
    ChangeLog changes = objects instanceof WatchedObjects watched ? watched.changes() : NO_CHANGES;
    long known = Long.parseLong(query.getOrDefault("resourceVersion", "0"));
    long now = System.nanoTime();
    long end =
        now + TimeUnit.SECONDS.toNanos(Long.parseLong(query.getOrDefault("timeoutSeconds", "300")));
    long bookmark = now + BOOKMARK_NANOS;
    try (Writer out = writer(body)) {
      // The JDK's server holds the head of the answer back until something follows.
      out.write('\n');
      out.flush();
      while (System.nanoTime() < end) {
        if (changes.isForgotten(known)) {
          out.write(
              "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"message\":\"too"
                  + " old resource version\"}}\n");
          return;
        }
        List<ChangeLog.Change> news = changes.after(known, MOST_AT_ONCE, Math.min(end, bookmark));
        StringBuilder json = new StringBuilder();
        for (ChangeLog.Change change : news) {
          Optional<ChangeLog.Type> type =
              isOfPlacedPods(objects, query)
                  ? Pods.toldOfPlaced(change)
                  : Optional.of(change.type());
          if (type.isPresent()) {
            json.setLength(0);
            json.append("{\"type\":\"").append(type.get()).append("\",\"object\":");
            ((WatchedObjects) objects).write(change, json);
            out.append(json.append("}\n"));
          }
          known = change.version();
        }
        if (System.nanoTime() >= bookmark) {
          out.write(
              "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"%d\"}}}\n"
                  .formatted(known));
          bookmark += BOOKMARK_NANOS;
        }
        out.flush();
      }
    }
  }

  private static Writer writer(OutputStream body) {
    return new BufferedWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8), 1 << 16);
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    for (String parameter : String.valueOf(exchange.getRequestURI().getQuery()).split("&", -1)) {
      String[] pair = parameter.split("=", 2);
      query.put(pair[0], pair.length == 1 ? "" : pair[1]);
    }
    return query;
  }
}

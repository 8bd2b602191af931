package io.namespend.exporter.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.namespend.exporter.cluster.json.ObjectKey;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * An API server on loopback that lists and watches as the real one does, and fails in every way
 * that a test asks for. What it holds outlives a restart.
 */
public final class StandInApiServer implements AutoCloseable {
  /** Writes what nests deeper than usual, too. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamWriteConstraints(
                  StreamWriteConstraints.builder().maxNestingDepth(100_000).build())
              .build());

  private static final Pattern REQUEST_LINE = Pattern.compile("GET (\\S+) HTTP/1\\.1");

  /** Answers instead of the server. The connection closes afterwards. */
  @FunctionalInterface
  interface Fault {
    void answer(Socket connection) throws IOException;
  }

  private record Event(long version, String path, String text) {}

  private final Map<String, Map<String, ObjectNode>> objects = new TreeMap<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private final Map<String, Fault> faults = new ConcurrentHashMap<>();
  private final List<HttpRequestHead> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final AtomicBoolean bookmarking = new AtomicBoolean();
  private volatile int largestPage = Integer.MAX_VALUE;
  private volatile String token = "";
  private volatile ServerSocket listener;
  private long version = 100;
  private long oldestKnown;

  private StandInApiServer(int port) {
    listener = listen(port);
    serve();
  }

  public static StandInApiServer start() {
    return new StandInApiServer(0);
  }

  static StandInApiServer startOn(int port) {
    return new StandInApiServer(port);
  }

  /** A port on which nothing listens. */
  static int freePort() {
    try (ServerSocket socket = listen(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  public static String url(int port) {
    return "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port;
  }

  /** As the exporter makes one. */
  public static KubernetesClient clientFor(int port) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(Config.empty())
                .withMasterUrl(url(port))
                .withRequestRetryBackoffLimit(0)
                .withHttp2Disable(true)
                .build())
        .build();
  }

  // What is in the cluster.

  /** Creates or changes objects. */
  public void apply(String yaml) {
    ClusterYaml.objects(yaml).forEach(object -> apply((ObjectNode) object));
  }

  /** Any JSON, also of no sense; it needs only apiVersion, kind and a name. */
  synchronized void apply(ObjectNode object) {
    String path = path(object);
    version++;
    stamp(object);
    boolean isNew =
        objects
                .computeIfAbsent(path, first -> new TreeMap<>())
                .put(ObjectKey.of(object).toString(), object)
            == null;
    tell(path, isNew ? "ADDED" : "MODIFIED", object);
  }

  void delete(String yaml) {
    ClusterYaml.objects(yaml).forEach(object -> delete((ObjectNode) object, true));
  }

  /** Deletes objects, and forgets so much of the past that no watch can go on. */
  synchronized void deleteSilently(String yaml) {
    ClusterYaml.objects(yaml).forEach(object -> delete((ObjectNode) object, false));
    forgetPast();
  }

  /** As compaction does: watches and pages from earlier versions get 410. */
  synchronized void forgetPast() {
    version++;
    oldestKnown = version;
    events.clear();
  }

  private synchronized void delete(ObjectNode object, boolean told) {
    version++;
    stamp(object);
    objects.getOrDefault(path(object), new TreeMap<>()).remove(ObjectKey.of(object).toString());
    if (told) {
      tell(path(object), "DELETED", object);
    }
  }

  // What goes wrong.

  /** Requests whose target, such as {@code /api/v1/pods?watch=true}, has a match fail so. */
  public void fail(String targets, Fault fault) {
    faults.put(targets, fault);
  }

  void heal(String targets) {
    if (faults.remove(targets) == null) {
      throw new IllegalArgumentException(targets + " did not fail");
    }
  }

  public void requireToken(String newToken) {
    token = newToken;
  }

  void serveNoMoreThan(int objectsInAPage) {
    largestPage = objectsInAPage;
  }

  /** Breaks all connections, without a word or with a reset, and accepts no more. */
  void stop() {
    try {
      listener.close();
      breakConnections();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After {@link #stop}, on the same port. */
  void startAgain() {
    listener = listen(port());
    serve();
  }

  void breakConnections() throws IOException {
    for (Socket connection : connections) {
      try (connection) {
        // A reset instead of an end.
        connection.setSoLinger(true, 0);
      } catch (SocketException e) {
        // It closed in this moment.
      }
    }
    connections.clear();
    synchronized (this) {
      watchers.clear();
    }
  }

  /** Ends watches as a server does when their time is over. */
  public synchronized void endWatches() {
    watchers.forEach(watcher -> watcher.write("0\r\n\r\n"));
    watchers.clear();
  }

  /** From now on the present watches hear nothing, but their connections stay open. */
  synchronized void freezeWatches() {
    watchers.clear();
  }

  /** Sends raw text as part of each watch of a path. */
  synchronized void sendRaw(String path, String text) {
    watchers.stream()
        .filter(watcher -> watcher.path.equals(path))
        .forEach(watcher -> watcher.send(text));
  }

  /** Sends bookmarks many times a second, as a real server does each minute. */
  public void sendBookmarks() {
    if (bookmarking.getAndSet(true)) {
      return;
    }
    Thread thread =
        new Thread(
            () -> {
              while (!listener.isClosed()) {
                bookmark();
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
              }
              bookmarking.set(false);
            },
            "bookmarks");
    thread.setDaemon(true);
    thread.start();
  }

  public synchronized void bookmark() {
    watchers.forEach(
        watcher ->
            watcher.send(
                "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"%d\"}}}\n"
                    .formatted(version)));
  }

  public synchronized int watches() {
    return watchers.size();
  }

  /** What was asked for so far, such as {@code /api/v1/pods?limit=500}. */
  List<HttpRequestHead> requests(String targets) {
    Pattern pattern = Pattern.compile(targets);
    return requests.stream().filter(each -> pattern.matcher(each.target()).find()).toList();
  }

  @Override
  public void close() {
    stop();
  }

  // How it serves.

  private static ServerSocket listen(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    ServerSocket mine = listener;
    daemon(
        () -> {
          while (!mine.isClosed()) {
            Socket connection = mine.accept();
            connections.add(connection);
            daemon(() -> serve(connection));
          }
        });
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The client went, or the test stopped the server.
              }
            },
            "API server");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket connection) throws IOException {
    try (connection) {
      HttpRequestHead request = HttpRequestHead.read(connection.getInputStream(), REQUEST_LINE);
      requests.add(request);
      Fault fault =
          faults.entrySet().stream()
              .filter(entry -> Pattern.compile(entry.getKey()).matcher(request.target()).find())
              .map(Map.Entry::getValue)
              .findAny()
              .orElse(null);
      if (fault != null) {
        fault.answer(connection);
      } else if (!token.isEmpty() && !("Bearer " + token).equals(request.header("authorization"))) {
        ApiFaults.status(401).answer(connection);
      } else if (request.parameter("watch").equals("true")) {
        watch(request, connection);
      } else {
        respond(connection.getOutputStream(), list(request));
      }
    } finally {
      connections.remove(connection);
    }
  }

  private synchronized String list(HttpRequestHead request) {
    List<ObjectNode> all = new ArrayList<>(objects.getOrDefault(request.path(), Map.of()).values());
    String[] position = request.parameter("continue").split("@", -1);
    long listVersion = position.length == 2 ? Long.parseLong(position[1]) : version;
    int from = position.length == 2 ? Integer.parseInt(position[0]) : 0;
    if (listVersion < oldestKnown) {
      return ApiFaults.status(410, "The provided continue parameter is too old");
    }
    int size = Math.min(largestPage, Integer.parseInt(request.parameter("limit")));
    int to = Math.min(all.size(), from + size);
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("resourceVersion", Long.toString(listVersion));
    if (to < all.size()) {
      metadata.put("continue", to + "@" + listVersion);
    }
    List<JsonNode> items =
        all.subList(Math.min(from, to), to).stream().map(JsonNode.class::cast).toList();
    return ok(text(Map.of("kind", "List", "metadata", metadata, "items", items)));
  }

  private void watch(HttpRequestHead request, Socket connection) throws IOException {
    long from = Long.parseLong(request.parameter("resourceVersion"));
    Watcher watcher = new Watcher(request.path(), connection.getOutputStream());
    watcher.write(
        String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "Content-Type: application/json",
            "Transfer-Encoding: chunked",
            "Connection: close",
            "\r\n"));
    synchronized (this) {
      if (from < oldestKnown) {
        watcher.send(
            """
            {"type": "ERROR", "object": {"kind": "Status", "apiVersion": "v1", "status": "Failure",
             "message": "too old resource version: %d (%d)", "reason": "Expired", "code": 410}}
            """
                .formatted(from, oldestKnown));
        watcher.write("0\r\n\r\n");
        return;
      }
      events.stream()
          .filter(event -> event.version > from && event.path.equals(watcher.path))
          .forEach(event -> watcher.send(event.text));
      watchers.add(watcher);
    }
    // Returns when the client goes.
    ApiFaults.awaitEnd(connection);
  }

  private void tell(String path, String type, ObjectNode object) {
    String text = text(Map.of("type", type, "object", object)) + "\n";
    events.add(new Event(version, path, text));
    watchers.stream()
        .filter(watcher -> watcher.path.equals(path))
        .forEach(watcher -> watcher.send(text));
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void stamp(ObjectNode object) {
    ((ObjectNode) object.path("metadata")).put("resourceVersion", Long.toString(version));
  }

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(body.getBytes(StandardCharsets.UTF_8).length, body);
  }

  private static void respond(OutputStream out, String response) throws IOException {
    out.write(response.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String path(JsonNode object) {
    String apiVersion = object.path("apiVersion").asText();
    String kind = object.path("kind").asText().toLowerCase(Locale.ROOT);
    return (apiVersion.contains("/") ? "/apis/" : "/api/")
        + apiVersion
        + "/"
        + (kind.endsWith("s") ? kind + "es" : kind + "s");
  }

  private static final class Watcher {
    private final String path;
    private final OutputStream out;

    Watcher(String path, OutputStream out) {
      this.path = path;
      this.out = out;
    }

    /** As one chunk. */
    void send(String text) {
      int length = text.getBytes(StandardCharsets.UTF_8).length;
      write(Integer.toHexString(length) + "\r\n" + text + "\r\n");
    }

    void write(String text) {
      try {
        respond(out, text);
      } catch (IOException e) {
        // The client went; so does the watcher, soon.
      }
    }
  }
}

package io.namespend.reporter.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * ConfigMaps and Leases on loopback as an API server has them: versions, conflicts, merge patches,
 * answers with metadata only, and no ConfigMap over 1 MiB.
 */
public final class StandInKubernetes implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_BYTES = 1024 * 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, ObjectNode> objects = new TreeMap<>();
  private final List<String> calls = new ArrayList<>();
  private long bytes;
  private long version = 1;
  private int conflicts;
  private int status;

  private StandInKubernetes(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public static StandInKubernetes start() {
    return start(Optional.empty());
  }

  /**
   * @param tls with a certificate for 127.0.0.1
   */
  public static StandInKubernetes start(Optional<SSLContext> tls) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      if (tls.isEmpty()) {
        return new StandInKubernetes(HttpServer.create(address, 0));
      }
      HttpsServer secure = HttpsServer.create(address, 0);
      secure.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
      return new StandInKubernetes(secure);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  KubernetesApi api() {
    return new KubernetesApi(
        URI.create("http://127.0.0.1:" + port()), HttpClient.newHttpClient(), () -> "token");
  }

  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** Bodies that came and went since the last time. */
  synchronized long takeBytes() {
    long taken = bytes;
    bytes = 0;
    return taken;
  }

  /** How many writes find that somebody else was faster. */
  synchronized void conflict(int times) {
    conflicts = times;
  }

  /** What every call is answered with; 0 for what is right. */
  synchronized void answerAlways(int newStatus) {
    status = newStatus;
  }

  synchronized void put(String path, String json) {
    try {
      store(path, (ObjectNode) JSON.readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty if there is none. */
  public synchronized String text(String path) {
    ObjectNode object = objects.get(path);
    return object == null ? "" : object.toString();
  }

  synchronized List<String> paths() {
    return List.copyOf(objects.keySet());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] request = exchange.getRequestBody().readAllBytes();
    byte[] response;
    int code;
    synchronized (this) {
      calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      boolean isKnown =
          "Bearer token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
      ObjectNode answer = JSON.createObjectNode();
      code =
          status != 0
              ? status
              : isKnown ? answer(exchange, new String(request, UTF_8), answer) : 401;
      response = answer.toString().getBytes(UTF_8);
      bytes += request.length + response.length;
    }
    exchange.sendResponseHeaders(code, response.length);
    exchange.getResponseBody().write(response);
    exchange.close();
  }

  private int answer(HttpExchange exchange, String body, ObjectNode answer) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    ObjectNode found = objects.get(path);
    if (method.equals("GET")) {
      if (found != null) {
        answer.setAll(found);
      }
      return found == null ? 404 : 200;
    }
    if (conflicts > 0) {
      conflicts--;
      return 409;
    }
    ObjectNode given = (ObjectNode) JSON.readTree(body);
    if (method.equals("POST")) {
      String one = path + "/" + given.path("metadata").path("name").asText();
      return objects.containsKey(one) ? 409 : stored(one, given, 201, exchange, answer);
    }
    if (found == null) {
      return 404;
    }
    String known = given.path("metadata").path("resourceVersion").asText();
    if (!known.isEmpty()
        && !known.equals(found.path("metadata").path("resourceVersion").asText())) {
      return 409;
    }
    if (method.equals("PATCH")) {
      ObjectNode merged = found.deepCopy();
      merge(merged, given);
      return stored(path, merged, 200, exchange, answer);
    }
    return stored(path, given, 200, exchange, answer);
  }

  private int stored(
      String path, ObjectNode object, int code, HttpExchange exchange, ObjectNode answer) {
    int size = 0;
    for (JsonNode value : object.path("data")) {
      size += value.asText().getBytes(UTF_8).length;
    }
    if (size > MOST_BYTES) {
      answer.put("message", "Too long: must have at most 1048576 bytes");
      return 422;
    }
    ObjectNode stored = store(path, object);
    String accept = exchange.getRequestHeaders().getFirst("Accept");
    if (accept != null && accept.contains("as=PartialObjectMetadata")) {
      answer.set("metadata", stored.path("metadata"));
    } else {
      answer.setAll(stored);
    }
    return code;
  }

  private ObjectNode store(String path, ObjectNode object) {
    ObjectNode stored = object.deepCopy();
    ObjectNode metadata = stored.withObject("/metadata");
    metadata.put("resourceVersion", String.valueOf(version++));
    if (!metadata.has("uid")) {
      metadata.put("uid", UUID.randomUUID().toString());
    }
    objects.put(path, stored);
    return stored;
  }

  private static void merge(ObjectNode into, JsonNode patch) {
    patch
        .fieldNames()
        .forEachRemaining(
            name -> {
              JsonNode value = patch.get(name);
              if (value.isNull()) {
                into.remove(name);
              } else if (value.isObject()) {
                merge(into.withObject("/" + name.replace("~", "~0").replace("/", "~1")), value);
              } else {
                into.set(name, value);
              }
            });
  }
}

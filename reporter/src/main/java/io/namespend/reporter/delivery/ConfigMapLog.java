package io.namespend.reporter.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Remembers in a ConfigMap. Three calls of the Kubernetes API need no client library.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/">ConfigMap v1</a>
 */
public final class ConfigMapLog implements DeliveryLog {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String KEY = "delivered";
  private static final int ATTEMPTS = 5;
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final URI api;
  private final String namespace;
  private final String name;
  private final HttpClient http;
  private final Supplier<String> token;

  /**
   * @param api address of the API server
   * @param token read before each call, since Kubernetes replaces it while it runs
   */
  public ConfigMapLog(
      URI api, String namespace, String name, HttpClient http, Supplier<String> token) {
    this.api = api;
    this.namespace = namespace;
    this.name = name;
    this.http = http;
    this.token = token;
  }

  @Override
  public Map<String, String> load() {
    HttpResponse<byte[]> response = call("GET", one(), "");
    return response.statusCode() == 404 ? Map.of() : entries(json(expect(response, 200)));
  }

  @Override
  public void add(String key, String value) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      HttpResponse<byte[]> found = call("GET", one(), "");
      boolean isNew = found.statusCode() == 404;
      ObjectNode map = isNew ? empty() : json(expect(found, 200));
      Map<String, String> entries = new TreeMap<>(entries(map));
      entries.put(key, value);
      map.withObject("/data").put(KEY, LogText.format(entries));
      HttpResponse<byte[]> written =
          isNew ? call("POST", all(), map.toString()) : call("PUT", one(), map.toString());
      // 409: somebody else wrote in between, so what was read is old.
      if (written.statusCode() != 409) {
        expect(written, isNew ? 201 : 200);
        return;
      }
    }
    throw new DeliveryException(
        "%s is written by others all the time; is another reporter running?".formatted(this));
  }

  @Override
  public String toString() {
    return "ConfigMap %s/%s".formatted(namespace, name);
  }

  private Map<String, String> entries(JsonNode map) {
    return LogText.parse(map.path("data").path(KEY).asText(), toString());
  }

  private ObjectNode empty() {
    ObjectNode map = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata").put("name", name).put("namespace", namespace);
    return map;
  }

  private HttpResponse<byte[]> call(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve(path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token.get())
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new DeliveryException(
          "cannot reach the Kubernetes API for %s (%s)"
              .formatted(this, e.getClass().getSimpleName()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeliveryException("interrupted", e);
    }
  }

  private HttpResponse<byte[]> expect(HttpResponse<byte[]> response, int status) {
    if (response.statusCode() == status) {
      return response;
    }
    String remedy =
        response.statusCode() == 401 || response.statusCode() == 403
            ? "allow the reporter's service account to get, create and update it"
            : "look at the API server's message: " + json(response).path("message").asText();
    throw new DeliveryException(
        "%s: the Kubernetes API answers HTTP %d; %s"
            .formatted(this, response.statusCode(), remedy));
  }

  private static ObjectNode json(HttpResponse<byte[]> response) {
    try {
      return JSON.readTree(response.body()) instanceof ObjectNode object
          ? object
          : JSON.createObjectNode();
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  private String all() {
    return "/api/v1/namespaces/%s/configmaps".formatted(namespace);
  }

  private String one() {
    return all() + "/" + name;
  }
}

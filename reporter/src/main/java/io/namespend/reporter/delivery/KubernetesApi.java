package io.namespend.reporter.delivery;

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
import java.util.function.Supplier;

/** The Kubernetes API of the cluster that the reporter runs in. A few calls need no library. */
public final class KubernetesApi {
  static final JsonMapper JSON = new JsonMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final URI address;
  private final HttpClient http;
  private final Supplier<String> token;

  /**
   * @param address of the API server
   * @param http must follow no redirects: the token is for this server only
   * @param token read before each call, since Kubernetes replaces it while it runs
   */
  public KubernetesApi(URI address, HttpClient http, Supplier<String> token) {
    this.address = address;
    this.http = http;
    this.token = token;
  }

  /** What the server said. */
  record Answer(int status, ObjectNode body) {
    boolean isMissing() {
      return status == 404;
    }

    /** Somebody else wrote in between, so what was read is old. */
    boolean isConflict() {
      return status == 409;
    }

    String resourceVersion() {
      return body.path("metadata").path("resourceVersion").asText();
    }

    /**
     * @param object for people
     * @param verbs that the service account needs
     * @throws DeliveryException if it is another status
     */
    Answer expect(int expected, String object, String verbs) {
      if (status == expected) {
        return this;
      }
      String remedy =
          status == 401 || status == 403
              ? "allow the reporter's service account to %s it".formatted(verbs)
              : "look at the API server's message: " + body.path("message").asText();
      throw new DeliveryException(
          "%s: the Kubernetes API answers HTTP %d; %s".formatted(object, status, remedy));
    }
  }

  Answer get(String path, String object) {
    return call(request(path).GET().build(), object);
  }

  Answer post(String path, ObjectNode body, String object) {
    return call(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build(),
        object);
  }

  Answer put(String path, ObjectNode body, String object) {
    return call(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body.toString()))
            .build(),
        object);
  }

  /** Changes what the body names, and asks for no more of the object than its metadata. */
  Answer patch(String path, ObjectNode body, String object) {
    return call(
        request(path)
            .header("Content-Type", "application/merge-patch+json")
            .header(
                "Accept",
                "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json")
            .method("PATCH", BodyPublishers.ofString(body.toString()))
            .build(),
        object);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + token.get());
  }

  private Answer call(HttpRequest request, String object) {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), json(response.body()));
    } catch (IOException e) {
      throw new DeliveryException(
          "cannot reach the Kubernetes API for %s (%s)"
              .formatted(object, e.getClass().getSimpleName()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeliveryException("interrupted", e);
    }
  }

  private static ObjectNode json(byte[] body) {
    try {
      return JSON.readTree(body) instanceof ObjectNode object ? object : JSON.createObjectNode();
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }
}

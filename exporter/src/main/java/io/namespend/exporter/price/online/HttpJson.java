package io.namespend.exporter.price.online;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Gets JSON. A failed call is not repeated here: the next round of the refresh does that. */
final class HttpJson {
  /** The largest page known is Google's, of some 20 MB. */
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;

  HttpJson(HttpClient client) {
    this.client = client;
  }

  /**
   * @throws IOException if there is no answer, it is no success, or no JSON object
   */
  JsonNode get(URI uri, Map<String, String> headers) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Accept", "application/json");
    headers.forEach(request::header);
    HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException(
            "%s answered %d: %s".formatted(uri.getHost(), response.statusCode(), beginning(body)));
      }
      JsonNode document = parsed(body, uri);
      if (!document.isObject()) {
        throw new IOException(uri.getHost() + " answered something that is no JSON object");
      }
      return document;
    }
  }

  @SuppressWarnings("UnusedException") // the parser's quotes the text, which may be a token
  private static JsonNode parsed(InputStream body, URI uri) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IOException(uri.getHost() + " answered broken JSON");
    }
  }

  private static String beginning(InputStream body) throws IOException {
    String text = new String(body.readNBytes(200), java.nio.charset.StandardCharsets.UTF_8);
    return text.replaceAll("\\s+", " ").strip();
  }
}

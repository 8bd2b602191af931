package io.namespend.exporter.price.online;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FilterInputStream;
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
  /** The largest page known is Google's, of some 2 MB. As a tree it takes ten times as much. */
  private static final int MOST_BYTES = 4 << 20;

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
      JsonNode document = parsed(new Bounded(body, uri), uri);
      if (!document.isObject()) {
        throw new IOException(uri.getHost() + " did not answer with a JSON object");
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

  /** Ends with an error what would end the process. */
  private static final class Bounded extends FilterInputStream {
    private final URI uri;
    private int left = MOST_BYTES;

    Bounded(InputStream in, URI uri) {
      super(in);
      this.uri = uri;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      counted(read < 0 ? -1 : 1);
      return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return counted(super.read(target, offset, length));
    }

    private int counted(int count) throws IOException {
      left -= Math.max(count, 0);
      if (left < 0) {
        throw new IOException(
            "%s answered more than %d MiB".formatted(uri.getHost(), MOST_BYTES >> 20));
      }
      return count;
    }
  }

  private static String beginning(InputStream body) throws IOException {
    String text = new String(body.readNBytes(200), java.nio.charset.StandardCharsets.UTF_8);
    return text.replaceAll("\\s+", " ").strip();
  }
}

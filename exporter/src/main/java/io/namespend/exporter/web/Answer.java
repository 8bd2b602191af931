package io.namespend.exporter.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Short answers, whole in memory. */
final class Answer {
  private Answer() {}

  /** One line for a person or a log. */
  static void line(HttpExchange exchange, int status, String line) throws IOException {
    send(exchange, status, "text/plain; charset=utf-8", line + "\n");
  }

  /** Leaves what the client may still be sending to the server, which reads little of it. */
  static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    try (exchange) {
      exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
      if (!head) {
        exchange.getResponseBody().write(bytes);
        // Closing first waits for the rest of the request.
        exchange.getResponseBody().flush();
      }
    }
  }
}

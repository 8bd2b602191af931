package io.namespend.testbed.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes messages as Slack's {@code chat.postMessage} does. */
final class SlackStandIn implements AutoCloseable {
  /** A message, of its first attachment. */
  record Message(String channel, String color, String title, String titleLink, String text) {}

  private final HttpServer server;
  private final String token;
  private final List<Message> messages = new CopyOnWriteArrayList<>();

  /**
   * @param token without which a message is refused
   */
  SlackStandIn(String token) throws IOException {
    this.token = token;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/chat.postMessage", this::take);
    server.start();
  }

  URI address() {
    return URI.create(
        "http://127.0.0.1:%d/api/chat.postMessage".formatted(server.getAddress().getPort()));
  }

  List<Message> messages() {
    return List.copyOf(messages);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean known =
          ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
      JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
      JsonNode attachment = body.path("attachments").path(0);
      if (known) {
        messages.add(
            new Message(
                body.path("channel").asText(),
                attachment.path("color").asText(),
                attachment.path("title").asText(),
                attachment.path("title_link").asText(),
                attachment.path("text").asText()));
      }
      byte[] answer =
          (known ? "{\"ok\":true}" : "{\"ok\":false,\"error\":\"invalid_auth\"}")
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

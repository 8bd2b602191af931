package io.namespend.reporter.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Speaks Slack's wire format on loopback, and refuses what Slack is documented to refuse. */
final class FakeSlack implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private final HttpServer server;
  final Deque<Integer> statuses = new ArrayDeque<>();
  final List<String> calls = new ArrayList<>();
  final List<JsonNode> blocks = new ArrayList<>();
  final List<byte[]> uploads = new ArrayList<>();
  String error = "";
  String failing = "";

  /** What something before Slack answers instead, and with which status. */
  String page = "";

  int pageStatus = 200;

  FakeSlack() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), path);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    String method = path.substring(path.lastIndexOf('/') + 1);
    calls.add(method);
    if (!page.isEmpty()) {
      answer(exchange, pageStatus, page);
      return;
    }
    Integer status = statuses.poll();
    if (status != null && status != 200) {
      exchange.getResponseHeaders().set("Retry-After", "3");
      answer(exchange, status, "{\"ok\":false,\"error\":\"ratelimited\"}");
      return;
    }
    if (!error.isEmpty() && (failing.isEmpty() || failing.equals(method))) {
      answer(exchange, method.equals("hook") ? 404 : 200, refusal(method, error));
      return;
    }
    switch (method) {
      case "chat.postMessage" -> {
        Map<String, String> form = form(body);
        answer(exchange, 200, message(JSON.readTree(form.getOrDefault("blocks", "[]"))));
      }
      case "hook" -> {
        String refused = message(JSON.readTree(body).path("blocks"));
        answer(exchange, refused.contains("error") ? 400 : 200, "ok");
      }
      case "files.getUploadURLExternal" ->
          answer(
              exchange,
              200,
              "{\"ok\":true,\"file_id\":\"F1\",\"upload_url\":\"%s\"}".formatted(url("upload")));
      case "upload" -> {
        uploads.add(body);
        answer(exchange, 200, "OK");
      }
      case "files.completeUploadExternal" ->
          answer(exchange, 200, "{\"ok\":true,\"files\":[{\"id\":\"F1\"}]}");
      default -> answer(exchange, 200, "{\"ok\":false,\"error\":\"unknown_method\"}");
    }
  }

  private String message(JsonNode message) {
    String problem = problem(message);
    if (!problem.isEmpty()) {
      return refusal("chat.postMessage", problem);
    }
    blocks.add(message);
    return "{\"ok\":true,\"channel\":\"C123\",\"ts\":\"17000.%d\"}".formatted(blocks.size());
  }

  /** The documented limits, and the one of whole messages that is not. */
  private static String problem(JsonNode blocks) {
    if (blocks.isEmpty() || blocks.size() > 50) {
      return "invalid_blocks";
    }
    for (JsonNode block : blocks) {
      int most = block.path("type").asText().equals("header") ? 150 : 3000;
      for (JsonNode text : block.findValues("text")) {
        if (text.isTextual() && (text.asText().isEmpty() || text.asText().length() > most)) {
          return "invalid_blocks";
        }
      }
      if (block.path("fields").size() > 10) {
        return "invalid_blocks";
      }
    }
    return blocks.toString().length() > 13_200 ? "msg_blocks_too_long" : "";
  }

  private static String refusal(String method, String error) {
    return method.equals("hook") ? error : "{\"ok\":false,\"error\":\"%s\"}".formatted(error);
  }

  private static Map<String, String> form(byte[] body) {
    Map<String, String> form = new HashMap<>();
    for (String pair : new String(body, UTF_8).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts.length > 1 ? parts[1] : "", UTF_8));
    }
    return form;
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}

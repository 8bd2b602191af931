package io.namespend.exporter.price.online;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A local server that answers what a test tells it to, in the providers' wire format. */
final class StandIn implements AutoCloseable {
  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Headers> headers = new CopyOnWriteArrayList<>();
  private volatile Answer answer = request -> new Reply(500, "no answer set");

  StandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Decides by the request's address and body. */
  interface Answer {
    Reply to(String request);
  }

  /**
   * A reply; {@link #CUT} breaks the connection in the middle of it.
   *
   * @param body what is sent
   */
  record Reply(int status, String body) {
    static final Reply CUT = new Reply(-1, "{\"Pri");

    static Reply ok(String body) {
      return new Reply(200, body);
    }
  }

  void answer(Answer newAnswer) {
    answer = newAnswer;
  }

  URI uri() {
    return URI.create(
        "http://%s:%d"
            .formatted(
                server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort()));
  }

  /** Addresses with queries, and bodies, in order. */
  List<String> requests() {
    return new ArrayList<>(requests);
  }

  /** Of the requests, in the same order. */
  List<Headers> headers() {
    return new ArrayList<>(headers);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String request =
          exchange.getRequestURI().toString()
              + " "
              + String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
              + " "
              + body;
      requests.add(request);
      headers.add(exchange.getRequestHeaders());
      Reply reply = answer.to(request);
      byte[] bytes = reply.body.getBytes(StandardCharsets.UTF_8);
      boolean cut = reply.status < 0;
      // More is promised than is sent, so the other side sees a connection that ends too early.
      exchange.sendResponseHeaders(
          cut ? 200 : reply.status, cut ? bytes.length + 100 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}

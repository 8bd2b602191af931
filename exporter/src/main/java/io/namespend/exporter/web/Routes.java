package io.namespend.exporter.web;

import static java.lang.System.Logger.Level.ERROR;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.namespend.exporter.health.FatalErrors;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Sends each request to its page. Whatever goes wrong is a line for the client, or a cut. */
final class Routes implements HttpHandler {
  private static final System.Logger LOG = System.getLogger(Routes.class.getName());
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private final AccessControl access;
  private final Map<String, HttpHandler> pages;

  /**
   * @param pages by path; the JDK's contexts would match by prefix
   */
  Routes(AccessControl access, Map<String, HttpHandler> pages) {
    this.access = access;
    this.pages = Map.copyOf(pages);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      if (access.admits(exchange)) {
        route(exchange);
      }
    } catch (RuntimeException | Error e) {
      FatalErrors.endProcessIf(e);
      LOG.log(ERROR, "cannot answer {0}", exchange.getRequestURI().getPath(), e);
      if (exchange.getResponseCode() != -1) {
        throw new IOException("the answer is cut off", e);
      }
      Answer.line(exchange, 500, "internal error; the log of the exporter says more");
    }
  }

  private void route(HttpExchange exchange) throws IOException {
    HttpHandler page = pages.get(exchange.getRequestURI().getPath());
    if (page == null) {
      Answer.line(
          exchange,
          404,
          "not found; there are " + String.join(", ", pages.keySet().stream().sorted().toList()));
    } else if (!METHODS.contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      Answer.line(exchange, 405, "method not allowed; use GET or HEAD");
    } else {
      page.handle(exchange);
    }
  }
}

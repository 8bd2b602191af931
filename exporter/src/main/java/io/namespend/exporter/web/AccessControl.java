package io.namespend.exporter.web;

import com.sun.net.httpserver.HttpExchange;
import io.namespend.exporter.web.config.RateLimit;
import io.namespend.exporter.web.config.WebConfig;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Holds every request against the web configuration of that moment. */
final class AccessControl {
  private final Supplier<WebConfig> config;
  private final PasswordCheck passwords = new PasswordCheck();

  AccessControl(Supplier<WebConfig> config) {
    this.config = config;
  }

  /** False if the request was refused, and answered. */
  boolean admits(HttpExchange exchange) throws IOException {
    WebConfig now = config.get();
    now.headers().forEach(exchange.getResponseHeaders()::set);
    Optional<RateLimit> limit = now.rateLimit();
    if (limit.isPresent() && !limit.get().tryTake()) {
      Answer.line(exchange, 429, "too many requests; see rate_limit of the web configuration");
      return false;
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (!now.users().isEmpty() && !passwords.accepts(authorization, now.users())) {
      exchange
          .getResponseHeaders()
          .set("WWW-Authenticate", "Basic realm=\"Namespend exporter\", charset=\"UTF-8\"");
      Answer.line(exchange, 401, "unauthorized; send a user and password of basic_auth_users");
      return false;
    }
    return true;
  }
}

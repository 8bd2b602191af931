package io.namespend.reporter.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // closing may be interrupted
final class SlackHttpTest {
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectDoesNotGetTheDigest(int status) throws Exception {
    List<String> stolen = new CopyOnWriteArrayList<>();
    HttpServer thief = server();
    HttpServer there = server();
    SlackConfig config = new SlackConfig();
    config.setStatsEnabled(false);
    try (Slack slack = Slack.getInstance(config, SlackHttp.withoutRedirects(config))) {
      thief.createContext(
          "/",
          exchange -> {
            stolen.add(exchange.getRequestMethod());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      thief.start();
      there.createContext(
          "/",
          exchange -> {
            exchange.getResponseHeaders().set("Location", address(thief));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      there.start();

      assertThat(slack.send(address(there), "{\"text\": \"secret\"}").getCode()).isEqualTo(status);
      assertThat(stolen).isEmpty();
    } finally {
      there.stop(0);
      thief.stop(0);
    }
  }

  private static HttpServer server() throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  private static String address(HttpServer server) {
    return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
  }
}

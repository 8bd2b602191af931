package io.namespend.reporter.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Speaks the documented wire format on loopback, and remembers what it was asked. */
public final class FakePrometheus implements AutoCloseable {
  private final HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Headers> headers = new CopyOnWriteArrayList<>();

  private FakePrometheus(HttpHandler handler) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          headers.add(exchange.getRequestHeaders());
          handler.handle(exchange);
        });
    server.start();
  }

  public static FakePrometheus handling(HttpHandler handler) {
    return new FakePrometheus(handler);
  }

  public static FakePrometheus answering(int status, String type, String body) {
    return handling(exchange -> send(exchange, status, type, body));
  }

  private static String withoutOrigin(String query) {
    return query.replaceAll("\\bjob=(\"\"|~\"\\(namespend\\.\\*\\)\\?\"),?", "").replace("{}", "");
  }

  /**
   * Answers the first query that a line knows, others with nothing. Lines do not say where series
   * come from, which {@link OriginTest} does.
   *
   * @param answers lines of: time, part of the query, element of the vector
   */
  public static FakePrometheus recording(String answers) {
    List<Line> lines = answers.lines().filter(line -> !line.isBlank()).map(Line::of).toList();
    return handling(
        exchange -> {
          Map<String, String> parameters = parameters(exchange);
          String query = withoutOrigin(parameters.getOrDefault("query", ""));
          if (exchange.getRequestURI().getPath().endsWith("/query_range")) {
            send(exchange, 200, "application/json", matrix(lines, query));
            return;
          }
          Instant at = Instant.parse(parameters.getOrDefault("time", ""));
          send(
              exchange,
              200,
              "application/json",
              vector(
                  lines.stream()
                      .filter(line -> line.at.equals(at) && query.contains(line.query))
                      .map(line -> line.element)
                      .toArray(String[]::new)));
        });
  }

  public static String vector(String... elements) {
    return """
    {"status":"success","data":{"resultType":"vector","result":[%s]}}\
    """
        .formatted(String.join(",", elements));
  }

  private static String matrix(List<Line> lines, String query) {
    return """
    {"status":"success","data":{"resultType":"matrix","result":[%s]}}\
    """
        .formatted(
            lines.stream()
                .filter(line -> query.contains(line.query))
                .map(line -> line.element.replace("\"value\":[", "\"values\":[["))
                .map(element -> element.replaceFirst("]}$", "]]}"))
                .collect(Collectors.joining(",")));
  }

  public static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Paths with their queries, as they came. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** The header's value in each query; empty where it was not sent. */
  public List<String> headers(String name) {
    return headers.stream()
        .map(query -> Optional.ofNullable(query.getFirst(name)).orElse(""))
        .toList();
  }

  public PrometheusClient client() {
    return PrometheusClient.of(
        PrometheusUrl.parse(url()), Duration.ofSeconds(30), new ArrayList<String>()::add);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static Map<String, String> parameters(HttpExchange exchange) {
    return Stream.of(exchange.getRequestURI().getRawQuery().split("&", -1))
        .map(parameter -> parameter.split("=", 2))
        .collect(
            Collectors.toMap(
                parameter -> parameter[0],
                parameter -> URLDecoder.decode(parameter[1], UTF_8),
                (first, second) -> second,
                TreeMap::new));
  }

  private record Line(Instant at, String query, String element) {
    /** Such as: 2026-11-16T00:00:00Z namespace:cost {cluster="a"} 12.5; · is a space. */
    static Line of(String line) {
      String[] parts = line.strip().split(" +", 4);
      String labels = parts[2].replaceAll("([a-z_]+)=", "\"$1\":");
      Instant at = Instant.parse(parts[0]);
      return new Line(
          at,
          parts[1].replace('·', ' '),
          """
          {"metric":%s,"value":[%d,"%s"]}\
          """
              .formatted(labels, at.getEpochSecond(), parts[3]));
    }
  }
}

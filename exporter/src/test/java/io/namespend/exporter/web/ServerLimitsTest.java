package io.namespend.exporter.web;

import static io.namespend.exporter.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one client can take of the server. Times are set low, so that nobody waits for them. */
class ServerLimitsTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static Process server;
  private static URI address;

  @BeforeAll
  static void serve() throws IOException {
    server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dsun.net.httpserver.maxReqTime=1",
                "-Dsun.net.httpserver.maxRspTime=1",
                "-cp",
                System.getProperty("java.class.path"),
                ServeLargePage.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    address = URI.create(String.valueOf(server.inputReader(StandardCharsets.UTF_8).readLine()));
  }

  @AfterAll
  static void stop() {
    server.destroy();
  }

  @Test
  void theDocumentedLimitsAreSetWhereNoOthersAre() throws IOException {
    ServerLimits.set();

    assertThat(System.getProperty("jdk.httpserver.maxConnections")).isEqualTo("512");
    assertThat(System.getProperty("sun.net.httpserver.maxReqTime")).isEqualTo("5");
    assertThat(System.getProperty("sun.net.httpserver.maxRspTime")).isEqualTo("60");
    assertThat(System.getProperty("sun.net.httpserver.maxReqHeaders")).isEqualTo("100");
    assertThat(System.getProperty("sun.net.httpserver.maxReqHeaderSize")).isEqualTo("32768");
    assertThat(Files.readString(Path.of("../docs/install.md")))
        .contains("A server takes 512 connections")
        .contains("5 s to send a request, 60 s to take the answer, 100 headers of 32 KiB");
  }

  @Test
  void aClientThatSendsTooSlowlyIsCutOff() throws Exception {
    try (Socket slow = connect("GET /-/healthy HTTP/1.1\r\nHost: x\r\n")) {
      assertThat(answer(slow)).as("the connection ends without an answer").isEmpty();
    }
    try (Socket quick = connect("GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n")) {
      assertThat(answer(quick)).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void clientsThatTakeTheirAnswerTooSlowlyMakeRoomForOthers() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        Socket socket = connect("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(answer(socket)).isEqualTo("HTTP/1.1 200 OK");
        slow.add(socket);
      }
      eventually(() -> assertThat(status("/metrics?name%5B%5D=none")).isEqualTo(200));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @ParameterizedTest(name = "{0} headers of {1} characters")
  @CsvSource({"80, 10, true", "150, 10, false", "10, 2000, true", "10, 5000, false"})
  void headersHaveALimit(int count, int length, boolean served) throws Exception {
    String headers =
        IntStream.range(0, count)
            .mapToObj(i -> "X-%d: %s\r\n".formatted(i, "x".repeat(length)))
            .collect(Collectors.joining());

    try (Socket socket = connect("GET /-/healthy HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n")) {
      assertThat(answer(socket).equals("HTTP/1.1 200 OK")).isEqualTo(served);
    }
    assertThat(status("/-/healthy")).as("others are served").isEqualTo(200);
  }

  private static int status(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static Socket connect(String text) throws IOException {
    Socket socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(20_000);
    try {
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (SocketException e) {
      // Cut off while it still sends.
    }
    return socket;
  }

  /** The begin of the answer; empty if the server ends the connection without one. */
  private static String answer(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII);
    } catch (SocketException e) {
      return "";
    }
  }
}

package io.namespend.exporter.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What a server can do wrong. */
public final class ApiFaults {
  private ApiFaults() {}

  static StandInApiServer.Fault status(int status) {
    return bytes(status(status, "as the test wants it"));
  }

  /** A whole response. */
  static String status(int status, String message) {
    String body =
        """
        {"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": "%s", "code": %d}
        """
            .formatted(message, status);
    return "HTTP/1.1 %d Problem\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, body.length(), body);
  }

  /** A good answer with that content. */
  static StandInApiServer.Fault content(String content) {
    return bytes(StandInApiServer.ok(content));
  }

  static StandInApiServer.Fault bytes(String bytes) {
    return connection -> {
      OutputStream out = connection.getOutputStream();
      out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    };
  }

  /** Accepts, and never answers. */
  static StandInApiServer.Fault silence() {
    return ApiFaults::awaitEnd;
  }

  /** Begins an answer, and never ends it. */
  public static StandInApiServer.Fault beginning(String bytes) {
    return connection -> {
      bytes(bytes).answer(connection);
      awaitEnd(connection);
    };
  }

  /** A header without end, letter by letter. */
  static StandInApiServer.Fault slowHeaders() {
    return connection -> {
      bytes("HTTP/1.1 200 OK\r\nX-Slow: ").answer(connection);
      while (true) {
        bytes("a").answer(connection);
        java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
      }
    };
  }

  /** Returns when the peer goes. */
  static void awaitEnd(Socket connection) throws IOException {
    while (connection.getInputStream().read() >= 0) {
      // Nobody sends anything here.
    }
  }
}

package io.namespend.exporter.web;

import static java.lang.System.Logger.Level.WARNING;

import io.namespend.exporter.health.FatalErrors;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Supplier;

/**
 * {@code /-/healthy} and {@code /-/ready} on a port of their own, so that nobody who uses up the
 * other one has the kubelet restart the exporter. One thread serves all without ever waiting for
 * any: who asks at once is answered at once, and of those that do not, the oldest make room.
 */
public final class HealthServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HealthServer.class.getName());

  private static final int MOST_CONNECTIONS = 128;
  private static final int LONGEST_REQUEST = 4 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ServerSocketChannel door;
  private final Selector selector;
  private final Supplier<ExporterStatus> status;

  /** Those that have not asked yet, the oldest first. */
  private final Deque<Connection> connections = new ArrayDeque<>();

  private HealthServer(
      ServerSocketChannel door, Selector selector, Supplier<ExporterStatus> status) {
    this.door = door;
    this.selector = selector;
    this.status = status;
  }

  /** Told apart by identity. */
  private static final class Connection {
    private final SocketChannel channel;
    private final ByteBuffer request = ByteBuffer.allocate(LONGEST_REQUEST);
    private final long deadline = System.nanoTime() + PATIENCE.toNanos();

    Connection(SocketChannel channel) {
      this.channel = channel;
    }
  }

  /**
   * Begins to serve.
   *
   * @param status asked at each request
   * @throws IOException if the address cannot be bound, such as a port in use
   */
  public static HealthServer start(InetSocketAddress address, Supplier<ExporterStatus> status)
      throws IOException {
    ServerSocketChannel door = ServerSocketChannel.open();
    try {
      door.bind(address, MOST_CONNECTIONS);
      door.configureBlocking(false);
      Selector selector = Selector.open();
      door.register(selector, SelectionKey.OP_ACCEPT);
      HealthServer server = new HealthServer(door, selector, status);
      Thread thread = new Thread(server::serve, "health");
      thread.setDaemon(true);
      thread.start();
      return server;
    } catch (IOException e) {
      door.close();
      throw e;
    }
  }

  /** Where it listens, on the port that was free where port 0 was asked for. */
  public int port() {
    return door.socket().getLocalPort();
  }

  @Override
  public void close() {
    try {
      door.close();
      selector.close();
    } catch (IOException e) {
      LOG.log(WARNING, "the health port does not close", e);
    }
  }

  private void serve() {
    while (door.isOpen()) {
      try {
        selector.select(this::ready, PATIENCE.toMillis() / 2);
        cutOffTheLate();
      } catch (IOException | RuntimeException | Error e) {
        FatalErrors.endProcessIf(e);
        if (door.isOpen()) {
          LOG.log(WARNING, "the health port continues after {0}", e.toString());
        }
      }
    }
    connections.forEach(connection -> drop(connection.channel));
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        read((Connection) key.attachment());
      }
    } catch (IOException e) {
      // The client went.
      if (key.attachment() instanceof Connection connection) {
        end(connection);
      }
    }
  }

  private void accept() throws IOException {
    for (SocketChannel channel = door.accept(); channel != null; channel = door.accept()) {
      if (connections.size() == MOST_CONNECTIONS) {
        drop(connections.removeFirst().channel);
      }
      Connection connection = new Connection(channel);
      connections.addLast(connection);
      try {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, connection);
        // Mostly the request is there already.
        read(connection);
      } catch (IOException e) {
        // The client went.
        end(connection);
      }
    }
  }

  private void read(Connection connection) throws IOException {
    ByteBuffer request = connection.request;
    int count = connection.channel.read(request);
    String text = StandardCharsets.ISO_8859_1.decode(request.duplicate().flip()).toString();
    if (text.contains("\r\n\r\n") || text.contains("\n\n")) {
      // Few enough bytes for any socket's buffer.
      connection.channel.write(ByteBuffer.wrap(answer(text)));
      end(connection);
    } else if (count < 0 || !request.hasRemaining()) {
      end(connection);
    }
  }

  private byte[] answer(String request) {
    String[] words = request.split("[ ?]", 3);
    boolean isGet = words[0].equals("GET");
    if (!isGet && !words[0].equals("HEAD")) {
      return response("405 Method Not Allowed", "use GET or HEAD", true);
    }
    ExporterStatus now = status.get();
    return switch (words.length > 1 ? words[1] : "") {
      case "/-/healthy" ->
          now.unhealthy()
              .map(why -> response("503 Service Unavailable", "not healthy, " + why, isGet))
              .orElseGet(() -> response("200 OK", "healthy", isGet));
      case "/-/ready" ->
          response(
              now.whyNotReady().isPresent() ? "503 Service Unavailable" : "200 OK",
              now.readiness(),
              isGet);
      default -> response("404 Not Found", "there are /-/healthy and /-/ready", isGet);
    };
  }

  private static byte[] response(String status, String line, boolean hasBody) {
    byte[] body = (line + "\n").getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %s\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(status, body.length);
    return (head + (hasBody ? line + "\n" : "")).getBytes(StandardCharsets.UTF_8);
  }

  private void cutOffTheLate() {
    long now = System.nanoTime();
    for (Iterator<Connection> each = connections.iterator(); each.hasNext(); ) {
      Connection connection = each.next();
      if (now - connection.deadline < 0) {
        // All others are younger.
        return;
      }
      each.remove();
      drop(connection.channel);
    }
  }

  private void end(Connection connection) {
    connections.remove(connection);
    drop(connection.channel);
  }

  private static void drop(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(WARNING, "a connection to the health port does not close", e);
    }
  }
}

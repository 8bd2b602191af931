package io.namespend.reporter.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Asks for STARTTLS as mail servers do, then hands on to a mail server that has none. */
final class StartTlsFront implements AutoCloseable {
  private final ServerSocket listening;
  private final SSLContext tls;
  private final int behind;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();

  StartTlsFront(SSLContext tls, int behind) throws IOException {
    this.tls = tls;
    this.behind = behind;
    listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** How many there were so far. */
  int connections() {
    return clients.size();
  }

  /** Ends what is open, as servers do that have had enough of a client. */
  void disconnect() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listening.accept();
      clients.add(client);
      start(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    say(client, "220 front ESMTP");
    while (true) {
      String command = line(client.getInputStream()).toUpperCase(Locale.ROOT);
      if (command.startsWith("EHLO")) {
        say(client, "250-front\r\n250 STARTTLS");
      } else if (command.equals("STARTTLS")) {
        say(client, "220 go ahead");
        break;
      } else {
        say(client, "530 Must issue a STARTTLS command first");
      }
    }
    SSLSocket secure =
        (SSLSocket)
            tls.getSocketFactory().createSocket(client, "127.0.0.1", client.getPort(), true);
    secure.setUseClientMode(false);
    Socket server = new Socket(InetAddress.getLoopbackAddress(), behind);
    line(server.getInputStream());
    start(() -> secure.getInputStream().transferTo(server.getOutputStream()));
    server.getInputStream().transferTo(secure.getOutputStream());
    secure.close();
  }

  private static void say(Socket to, String text) throws IOException {
    OutputStream out = to.getOutputStream();
    out.write((text + "\r\n").getBytes(US_ASCII));
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("closed");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // The connection ended, or the test did.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}

package io.namespend.testbed.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A mail server on loopback that counts what it gets, one client after the other. */
final class MailSink implements AutoCloseable {
  private final ServerSocket server;
  private final AtomicInteger mails = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  private MailSink(ServerSocket server) {
    this.server = server;
  }

  static MailSink start() {
    try {
      MailSink sink = new MailSink(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread thread = new Thread(sink::serve, "mail-sink");
      thread.setDaemon(true);
      thread.start();
      return sink;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  int mails() {
    return mails.get();
  }

  long bytes() {
    return bytes.get();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        converse(client);
      } catch (IOException e) {
        // A client that goes away is the next one's chance; closing ends the loop.
      }
    }
  }

  private void converse(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1), 1 << 16);
    OutputStream out = client.getOutputStream();
    answer(out, "220 sink");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String verb = line.toUpperCase(Locale.ROOT);
      if (verb.startsWith("DATA")) {
        answer(out, "354 go on");
        receive(in);
        answer(out, "250 taken");
      } else if (verb.startsWith("QUIT")) {
        answer(out, "221 bye");
        return;
      } else {
        answer(out, "250 sink");
      }
    }
  }

  private void receive(BufferedReader in) throws IOException {
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      bytes.addAndGet(line.length() + 2L);
    }
    mails.incrementAndGet();
  }

  private static void answer(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(ISO_8859_1));
    out.flush();
  }
}

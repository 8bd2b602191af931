package io.namespend.reporter.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that lets nobody in, and remembers what it was told. */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket socket;
  private final List<String> said = new CopyOnWriteArrayList<>();

  ScriptedServer() throws IOException {
    socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "scripted mail server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  List<String> said() {
    return List.copyOf(said);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        talk(client);
      } catch (IOException e) {
        // The client is gone, or the test is over.
      }
    }
  }

  private void talk(Socket client) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
    OutputStream out = client.getOutputStream();
    answer(out, "220 mail.example.com");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      said.add(line);
      if (line.startsWith("EHLO")) {
        answer(out, "250-mail.example.com", "250 AUTH PLAIN LOGIN XOAUTH2");
      } else if (line.startsWith("QUIT")) {
        answer(out, "221 bye");
        return;
      } else {
        answer(out, "535 5.7.139 basic authentication is off by policy 7");
      }
    }
  }

  private static void answer(OutputStream out, String... lines) throws IOException {
    for (String line : lines) {
      out.write((line + "\r\n").getBytes(UTF_8));
    }
    out.flush();
  }
}

package io.namespend.testbed.benchmark;

import io.namespend.testbed.process.ApiServerProcess;
import io.namespend.testbed.process.ExporterProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How the exporter answers its probes and scrapes while others use up its port: connections of one
 * kind after the other, which are made again as soon as they are cut off.
 */
public final class DoorBenchmark {
  private static final long SEED = 1;
  private static final Duration SYNC = Duration.ofMinutes(4);

  /** Of the kubelet for its probes in the manifests, and of Prometheus for a scrape. */
  private static final Duration PROBE = Duration.ofSeconds(5);

  private static final Duration SCRAPE = Duration.ofSeconds(10);

  /** Of each page and kind, at most. */
  private static final int QUESTIONS = 12;

  private static final String ENDLESS =
      "GET /metrics HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nX-Slow: ";
  private static final String GZIP =
      "GET /metrics HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n";
  private static final String PLAIN = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";

  private final Class<?> testbed;
  private final Path project;
  private final Path folder;
  private final Path jar;
  private final int healthPort;
  private final Consumer<String> progress;

  /**
   * @param testbed the main class of the testbed, for processes of its own
   * @param jar of the exporter
   * @param healthPort 0 for a jar that has none
   */
  public DoorBenchmark(
      Class<?> testbed,
      Path project,
      Path folder,
      Path jar,
      int healthPort,
      Consumer<String> progress) {
    this.testbed = testbed;
    this.project = project;
    this.folder = folder;
    this.jar = jar;
    this.healthPort = healthPort;
    this.progress = progress;
  }

  private enum Kind {
    NONE("nobody else", ""),
    IDLE("idle", ""),
    SLOW_TO_ASK("never end their request", ENDLESS),
    SLOW_TO_TAKE("take nothing of their page, compressed", GZIP),
    SLOW_TO_TAKE_TEXT("take nothing of their page, as text", PLAIN);

    private final String title;
    private final String request;

    Kind(String title, String request) {
      this.title = title;
      this.request = request;
    }
  }

  /**
   * A table in Markdown.
   *
   * @param connections of each kind
   * @param time for each
   */
  public String run(ExporterSetting setting, int connections, Duration time) {
    StringBuilder table =
        new StringBuilder(
            """
            | %d connections that | probes that failed | longest probe, s | scrapes that failed | longest scrape, s | resident, MiB |
            |---|---|---|---|---|---|
            """
                .formatted(connections));
    try (ApiServerProcess server =
        ApiServerProcess.start(testbed, setting.size(), SEED, folder.resolve("api-server.log"))) {
      for (Kind kind : Kind.values()) {
        progress.accept(kind.title);
        try (ExporterProcess exporter = launch(server, setting)) {
          exporter.await("/-/ready", SYNC);
          table.append(row(exporter, kind, kind == Kind.NONE ? 0 : connections, time));
        }
      }
    }
    return table.toString();
  }

  private ExporterProcess launch(ApiServerProcess server, ExporterSetting setting) {
    List<String> arguments = new ArrayList<>();
    arguments.add(
        "--kubeconfig=" + Kubeconfig.write(folder.resolve("kubeconfig"), server.address()));
    if (healthPort != 0) {
      arguments.add("--health-port=" + healthPort);
    }
    Map<String, String> environment = setting.environment(project, "");
    return ExporterProcess.launch(jar, folder.resolve("exporter.log"), environment, arguments);
  }

  private String row(ExporterProcess exporter, Kind kind, int connections, Duration time) {
    URI address = exporter.address();
    URI health =
        healthPort == 0 ? address : URI.create("http://127.0.0.1:%d".formatted(healthPort));
    Answers probes = new Answers(health.resolve("/-/healthy"), PROBE);
    Answers scrapes = new Answers(address.resolve("/metrics"), SCRAPE);
    scrapes.ask();
    Answers measured = new Answers(address.resolve("/metrics"), SCRAPE);
    Crowd crowd = new Crowd(address, kind.request, connections);
    Thread thread = new Thread(crowd, "crowd");
    thread.setDaemon(true);
    thread.start();
    Duration pause = time.dividedBy(QUESTIONS);
    long end = System.nanoTime() + time.toNanos();
    Pause.of(pause);
    while (System.nanoTime() < end) {
      probes.ask();
      measured.ask();
      Pause.of(pause);
    }
    thread.interrupt();
    double resident = new LinuxProcess(exporter.jvm()).peakMebibytes();
    return "| %s | %s | %.2f | %s | %.2f | %.0f |%n"
        .formatted(
            kind.title,
            probes.failed(),
            probes.longest,
            measured.failed(),
            measured.longest,
            resident);
  }

  /** What a client sees. Each question has a connection of its own, as a probe has. */
  private static final class Answers {
    private final URI page;
    private final Duration patience;
    private int asked;
    private int failed;
    private double longest;

    Answers(URI page, Duration patience) {
      this.page = page;
      this.patience = patience;
    }

    void ask() {
      asked++;
      long start = System.nanoTime();
      HttpRequest request =
          HttpRequest.newBuilder(page).timeout(patience).header("Accept-Encoding", "gzip").build();
      try {
        int status =
            HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
        failed += status == 200 ? 0 : 1;
      } catch (IOException e) {
        failed++;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      longest = Math.max(longest, (System.nanoTime() - start) / 1e9);
    }

    String failed() {
      return "%d of %d".formatted(failed, asked);
    }
  }

  /** Connections that come again when they are cut off, a few times a second. */
  private static final class Crowd implements Runnable {
    private final InetSocketAddress address;
    private final byte[] request;
    private final List<Socket> sockets = new ArrayList<>();

    Crowd(URI address, String request, int connections) {
      this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort());
      this.request = request.getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < connections; i++) {
        sockets.add(new Socket());
      }
    }

    @Override
    public void run() {
      try {
        while (!Thread.currentThread().isInterrupted()) {
          for (int i = 0; i < sockets.size(); i++) {
            if (isGone(sockets.get(i))) {
              sockets.get(i).close();
              sockets.set(i, connected());
            }
          }
          Pause.of(Duration.ofMillis(300));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (IllegalStateException e) {
        // The measurement is over.
      } finally {
        sockets.forEach(Crowd::close);
      }
    }

    private Socket connected() throws IOException {
      Socket socket = new Socket();
      try {
        socket.setReceiveBufferSize(4096);
        socket.connect(address, 1_000);
        socket.getOutputStream().write(request);
        socket.setSoTimeout(1);
      } catch (IOException e) {
        socket.close();
      }
      return socket;
    }

    /** Reads a byte at most, of pages that have millions. */
    private static boolean isGone(Socket socket) {
      if (socket.isClosed() || !socket.isConnected()) {
        return true;
      }
      try {
        return socket.getInputStream().read() < 0;
      } catch (java.net.SocketTimeoutException e) {
        return false;
      } catch (SocketException e) {
        return true;
      } catch (IOException e) {
        return true;
      }
    }

    private static void close(Socket socket) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

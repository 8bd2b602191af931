package io.namespend.exporter.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The exporter as a process of its own, with the JVM options of the manifests. */
final class ShippedExporter implements AutoCloseable {
  private static final Path MANIFEST = Path.of("../manifests/base/exporter/deployment.yaml");
  private static final Pattern OPTIONS = Pattern.compile("JAVA_TOOL_OPTIONS, value: \"([^\"]+)\"");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final Path log;
  private final int port;
  private final int healthPort;

  private ShippedExporter(Process process, Path log, int port, int healthPort) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.healthPort = healthPort;
  }

  /**
   * @param folder for its files
   * @param heap instead of the shipped one, such as {@code 8m}; empty for that
   */
  static ShippedExporter start(StandInApiServer api, Path folder, String heap, String... arguments)
      throws IOException {
    Path kubeconfig =
        Files.writeString(
            folder.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "%s"}}]
            users: [{name: u, user: {}}]
            contexts: [{name: c, context: {cluster: c, user: u}}]
            current-context: c
            """
                .formatted(StandInApiServer.url(api.port())));
    int port = freePort();
    int healthPort = freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options(heap));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "io.namespend.exporter.cli.Exporter",
            "--listen-address=127.0.0.1",
            "--port=" + port,
            "--health-port=" + healthPort,
            "--kubeconfig=" + kubeconfig));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new ShippedExporter(process, log, port, healthPort);
  }

  private static List<String> options(String heap) throws IOException {
    Matcher shipped = OPTIONS.matcher(Files.readString(MANIFEST));
    if (!shipped.find()) {
      throw new IllegalStateException(MANIFEST + " has no JVM options");
    }
    String options =
        heap.isEmpty()
            ? shipped.group(1)
            : shipped
                .group(1)
                .replaceFirst("-Xms\\d+m -Xmx\\d+m -Xmn\\d+m", "-Xmx" + heap + " -Xmn1m");
    return List.of(options.split(" "));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end, and tells how it came. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new AssertionError("it runs still: " + log());
    }
    return process.exitValue();
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A page, or why there is none. */
  String page(String path) {
    return get(port, path);
  }

  /** The status of a page on the health port; 0 if there is none. */
  int health(String path) {
    return Integer.parseInt(get(healthPort, path).split(" ", 2)[0]);
  }

  /** Status and body. */
  private String get(int at, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(at, path)))
            .header("Connection-Purpose", "test")
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString(UTF_8));
      return response.statusCode() + " " + response.body();
    } catch (IOException e) {
      return "0 " + e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The most that it ever had in memory; 0 where the system does not tell. */
  double peakMebibytes() throws IOException {
    Path status = Path.of("/proc/%d/status".formatted(process.pid()));
    if (!Files.exists(status)) {
      return 0;
    }
    Matcher peak = Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(Files.readString(status));
    return peak.find() ? Long.parseLong(peak.group(1)) / 1024.0 : 0;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

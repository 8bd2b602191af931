package io.namespend.testbed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A running Prometheus on a loopback port. */
public final class Prometheus implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChildProcess process;
  private final URI address;

  private Prometheus(ChildProcess process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param folder gets {@code prometheus.yml}, {@code prometheus.log}, and {@code data}
   * @param port 0 for a free one
   */
  public static Prometheus start(Tools tools, Path folder, String config, int port) {
    Path configFile = folder.resolve("prometheus.yml");
    try {
      Files.createDirectories(folder);
      Files.writeString(configFile, config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    URI address = URI.create("http://127.0.0.1:" + (port == 0 ? HttpProbe.freePort() : port));
    ChildProcess process =
        ChildProcess.start(
            "prometheus",
            List.of(
                tools.prometheus().toString(),
                "--config.file=" + configFile,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--storage.tsdb.retention.time=1y",
                "--web.listen-address=" + address.getAuthority(),
                "--web.enable-lifecycle",
                "--log.level=warn"),
            folder.resolve("prometheus.log"));
    try {
      new HttpProbe().await(address.resolve("/-/ready"), "prometheus", process, PATIENCE);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
    return new Prometheus(process, address);
  }

  public URI address() {
    return address;
  }

  /**
   * Makes it read its configuration and rule files again.
   *
   * @throws IllegalStateException if it refuses them
   */
  public void reload() {
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(address.resolve("/-/reload"))
                      .POST(HttpRequest.BodyPublishers.noBody())
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("prometheus did not reload: " + answer.body().strip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}

package io.namespend.testbed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Grafana in a container, with the project's dashboards provisioned. */
public final class Grafana implements AutoCloseable {
  public static final String IMAGE = "grafana/grafana:12.3.0";

  /** The image may have to be pulled first. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final ChildProcess process;
  private final String container;
  private final URI address;

  private Grafana(ChildProcess process, String container, URI address) {
    this.process = process;
    this.container = container;
    this.address = address;
  }

  /** Whether a Docker engine answers. */
  public static boolean canStart() {
    return docker("info");
  }

  /**
   * Starts it on a free loopback port and waits until it is healthy.
   *
   * @param dashboards the project's folder
   * @throws FailedProcessException if the image cannot be had or Grafana does not start
   */
  public static Grafana start(Path dashboards, URI prometheus, Path log) {
    int port = HttpProbe.freePort();
    String container = "namespend-grafana-" + port;
    Path folder = dashboards.toAbsolutePath().normalize();
    List<String> command =
        new ArrayList<>(
            List.of(
                "docker",
                "run",
                "--rm",
                "--network=host",
                "--name=" + container,
                "--env=GF_SERVER_HTTP_ADDR=127.0.0.1",
                "--env=GF_SERVER_HTTP_PORT=" + port,
                "--env=GF_AUTH_ANONYMOUS_ENABLED=true",
                "--env=PROMETHEUS_URL=" + prometheus,
                "--volume=" + folder.resolve("provisioning") + ":/etc/grafana/provisioning:ro"));
    // One by one: Grafana takes any JSON below the folder for a dashboard, and the source has some.
    dashboards(folder)
        .forEach(
            file ->
                command.add(
                    "--volume=%s:/var/lib/grafana/dashboards/%s:ro"
                        .formatted(file, file.getFileName())));
    command.add(IMAGE);
    ChildProcess process = ChildProcess.start("grafana", command, log);
    URI address = URI.create("http://127.0.0.1:" + port);
    try {
      new HttpProbe().await(address.resolve("/api/health"), "grafana", process, PATIENCE);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
    return new Grafana(process, container, address);
  }

  public URI address() {
    return address;
  }

  @Override
  public void close() {
    docker("stop", "--time=5", container);
    process.close();
  }

  private static List<Path> dashboards(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean docker(String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

package io.namespend.testbed.process;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The exporter's jar as a process of its own. */
public final class ExporterProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChildProcess process;
  private final URI address;

  private ExporterProcess(ChildProcess process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param arguments beside the port and address
   */
  public static ExporterProcess start(Path jar, Path log, List<String> arguments) {
    int port = HttpProbe.freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString(),
                "--listen-address=127.0.0.1",
                "--port=" + port));
    command.addAll(arguments);
    URI address = URI.create("http://127.0.0.1:" + port);
    ChildProcess process = ChildProcess.start("exporter", command, log);
    try {
      new HttpProbe().await(address.resolve("/-/ready"), "exporter", process, PATIENCE);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
    return new ExporterProcess(process, address);
  }

  public URI address() {
    return address;
  }

  @Override
  public void close() {
    process.close();
  }
}

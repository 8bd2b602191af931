package io.namespend.testbed.process;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    ExporterProcess exporter = launch(jar, log, Map.of(), arguments);
    try {
      exporter.await("/-/ready", PATIENCE);
    } catch (RuntimeException e) {
      exporter.close();
      throw e;
    }
    return exporter;
  }

  /**
   * Starts it and does not wait.
   *
   * @param environment beside that of this process
   * @param arguments beside the port and address
   */
  public static ExporterProcess launch(
      Path jar, Path log, Map<String, String> environment, List<String> arguments) {
    int port = HttpProbe.freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", jar.toString(), "--listen-address=127.0.0.1", "--port=" + port));
    command.addAll(arguments);
    return new ExporterProcess(
        ChildProcess.start("exporter", command, environment, log),
        URI.create("http://127.0.0.1:" + port));
  }

  /**
   * Returns when the page answers 200.
   *
   * @throws FailedProcessException if it does not in time
   */
  public void await(String page, Duration patience) {
    new HttpProbe().await(address.resolve(page), "exporter", process, patience);
  }

  /** Its JVM. */
  public ProcessHandle jvm() {
    return process.program();
  }

  public URI address() {
    return address;
  }

  @Override
  public void close() {
    process.close();
  }
}

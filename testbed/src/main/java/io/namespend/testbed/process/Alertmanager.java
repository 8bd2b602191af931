package io.namespend.testbed.process;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A running Alertmanager on a loopback port. */
public final class Alertmanager implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChildProcess process;
  private final URI address;

  private Alertmanager(ChildProcess process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param folder gets {@code alertmanager.log} and {@code alertmanager-data}
   */
  public static Alertmanager start(AlertmanagerTools tools, Path folder, Path config) {
    URI address = URI.create("http://127.0.0.1:" + HttpProbe.freePort());
    ChildProcess process =
        ChildProcess.start(
            "alertmanager",
            List.of(
                tools.server().toString(),
                "--config.file=" + config,
                "--storage.path=" + folder.resolve("alertmanager-data"),
                "--web.listen-address=" + address.getAuthority(),
                "--cluster.listen-address=",
                "--log.level=warn"),
            folder.resolve("alertmanager.log"));
    try {
      new HttpProbe().await(address.resolve("/-/ready"), "alertmanager", process, PATIENCE);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
    return new Alertmanager(process, address);
  }

  public URI address() {
    return address;
  }

  @Override
  public void close() {
    process.close();
  }
}

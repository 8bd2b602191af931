package io.namespend.testbed.process;

import io.namespend.testbed.apiserver.ClusterSize;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The stand-in API server ({@code testbed serve-cluster}) as a process of its own. */
public final class ApiServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChildProcess process;
  private final URI address;

  private ApiServerProcess(ChildProcess process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param program the main class of the testbed, on this JVM's class path
   */
  public static ApiServerProcess start(Class<?> program, ClusterSize size, long seed, Path log) {
    int port = HttpProbe.freePort();
    URI address = URI.create("http://127.0.0.1:" + port);
    ChildProcess process =
        ChildProcess.start(
            "API server",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                "serve-cluster",
                "--port=" + port,
                "--seed=" + seed,
                "--nodes=" + size.nodes(),
                "--pods=" + size.pods(),
                "--namespaces=" + size.namespaces(),
                "--volumes=" + size.volumes(),
                "--workloads=" + size.workloads()),
            log);
    try {
      new HttpProbe()
          .await(address.resolve("/api/v1/nodes?limit=1"), "API server", process, PATIENCE);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
    return new ApiServerProcess(process, address);
  }

  public URI address() {
    return address;
  }

  public ProcessHandle jvm() {
    return process.program();
  }

  @Override
  public void close() {
    process.close();
  }
}

package io.namespend.testbed.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.testbed.cli.Testbed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The whole benchmark in seconds: that it works, and that nobody keeps a probe from its answer. */
class DoorBenchmarkTest {
  @Test
  void noProbeAndNoScrapeFails() throws IOException {
    Path project = Path.of("..").toAbsolutePath().normalize();
    int healthPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      healthPort = socket.getLocalPort();
    }

    String table =
        new DoorBenchmark(
                Testbed.class,
                project,
                Path.of("target/door-benchmark").toAbsolutePath(),
                project.resolve("exporter/target/exporter.jar"),
                healthPort,
                step -> {})
            .run(ExporterSetting.SMALL, 200, Duration.ofSeconds(3));

    assertThat(table.lines().skip(2))
        .hasSize(5)
        .allSatisfy(row -> assertThat(row).matches("\\|.*\\| 0 of \\d+ \\|.*\\| 0 of \\d+ \\|.*"));
  }
}

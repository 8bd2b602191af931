package io.namespend.testbed.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.testbed.benchmark.ExporterBenchmark.Plan;
import io.namespend.testbed.cli.Testbed;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The whole benchmark in seconds, on a tiny cluster: that it works, and that no pod is lost. */
class ExporterBenchmarkTest {
  @Test
  void measuresAndLosesNothing() {
    Plan plan =
        new Plan(
            3, Duration.ofSeconds(1), Duration.ofSeconds(3), 10_000, Duration.ofMillis(500), "");

    ExporterBenchmark.Result result =
        new ExporterBenchmark(
                Testbed.class,
                Path.of("..").toAbsolutePath().normalize(),
                Path.of("target/exporter-benchmark").toAbsolutePath(),
                plan,
                step -> {})
            .run(ExporterSetting.SMALL);

    assertThat(result.isLost()).as(result.markdown()).isFalse();
    assertThat(result.markdown())
        .contains(
            "| start to healthy |",
            "| of these, not what one alone gets | 0.00  | 0.00  |",
            "| resident when idle |",
            "| live heap after changes |");
  }
}

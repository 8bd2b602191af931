package io.namespend.testbed.minutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.testbed.process.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The benchmark of minutes in its short form: a few of them, in real time. Whatever second scrapes
 * and rules fall on, pods of seconds are charged what they cost.
 */
@Tag("rules")
@Tag("prometheus")
class MinutesBenchmarkTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void everySecondIsPaid() {
    Tools tools =
        Tools.find().orElseThrow(() -> new AssertionError("run ./check: no prometheus on PATH"));
    MinutesBenchmark benchmark =
        new MinutesBenchmark(
            PROJECT.resolve("exporter/target/exporter.jar"),
            PROJECT,
            Path.of("target/minutes").toAbsolutePath(),
            tools,
            new MinutesBenchmark.Plan(Duration.ofMinutes(3), List.of(30, 60), 2_000),
            step -> {});

    List<MinutesBenchmark.Outcome> outcomes = benchmark.run();

    String table = MinutesBenchmark.markdown(outcomes);
    assertThat(outcomes)
        .as(table)
        .allSatisfy(
            outcome -> {
              // Some minutes of few pods, of whose ends the API tells some only when they come.
              assertThat(outcome.worst()).isBetween(-0.05, 0.05);
              assertThat(outcome.all()).isBetween(-0.005, 0.005);
            });
    if (benchmark.lateTicks() == 0 && outcomes.stream().allMatch(each -> each.twice() == 0)) {
      assertThat(outcomes)
          .as(table)
          .allSatisfy(outcome -> assertThat(outcome.cluster()).isBetween(-1e-9, 1e-9));
    }
  }
}

package io.namespend.testbed.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.namespend.testbed.process.Tools;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules as shipped, over simulated weeks in a real Prometheus. */
@Tag("rules")
@Tag("prometheus")
class AnomalyBenchmarkTest {
  private static final Path RULES = Path.of("../alert-rules");

  /** Not one of those that the thresholds were chosen with. */
  private static final long SEED = 12;

  @Test
  void anomaliesAreFoundAndLittleElse(@TempDir Path folder) {
    AnomalyScore score = new AnomalyBenchmark(tools(), RULES, Map.of()).run(SEED, folder);

    assertThat(score.planted()).isEqualTo(20);
    assertThat(score.recall()).as("missed: %s", score.missed()).isGreaterThanOrEqualTo(0.95);
    assertThat(score.falseAlarms())
        .as("false, a namespace and quarter: %s", score.falseNamespaceAlerts())
        .isLessThanOrEqualTo(0.5);
  }

  @Test
  void aLimitThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> new AnomalyBenchmark(tools(), RULES, Map.of("zscor", 3.0)))
        .hasMessageContaining("zscor")
        .hasMessageContaining("60-anomaly-thresholds.yaml");
  }

  private static Tools tools() {
    return Tools.find().orElseThrow(() -> new AssertionError("run ./check: no promtool on PATH"));
  }
}

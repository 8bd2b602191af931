package io.namespend.testbed.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.testbed.process.AlertmanagerTools;
import io.namespend.testbed.process.Amtool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Alertmanager example, through the real amtool. */
class AlertmanagerExampleTest {
  private static final Path CONFIG =
      Path.of("../manifests/components/alertmanager/alertmanager.yaml");

  private final Amtool amtool =
      new Amtool(
          AlertmanagerTools.find()
              .orElseThrow(() -> new AssertionError("run ./check: no alertmanager on PATH")));

  @Test
  void isValid() {
    amtool.checkConfig(CONFIG);
  }

  @ParameterizedTest
  @CsvSource({
    "topic=budget team=payments, team-payments",
    "topic=anomaly team=data, team-data",
    "topic=guard team=data, team-data",
    "topic=budget team=unlisted, finops",
    "topic=budget team=unattributed, finops",
    "topic=budget, finops",
    "topic=trust, platform",
    "topic=trust team=data, platform",
    "alertname=Other, finops",
  })
  void leadsEachAlertToItsOwner(String labels, String receiver) {
    assertThat(amtool.receivers(CONFIG, List.of(labels.split(" ")))).isEqualTo(receiver);
  }
}

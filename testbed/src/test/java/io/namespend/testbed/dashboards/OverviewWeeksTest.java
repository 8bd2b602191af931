package io.namespend.testbed.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.namespend.testbed.process.Promtool;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overview's weeks, as Prometheus answers on each day of a week, whatever the time range. */
@Tag("rules")
final class OverviewWeeksTest {
  @TempDir Path folder;

  @Test
  void weeksAreMondayToMondayOnEveryDay() throws IOException {
    // The epoch was a Thursday, so day 39 was a Monday. Hours are written before they end.
    String cases =
        at(39 * 24 + 1, 1, 39)
            + at(40 * 24, 24, 39)
            + at(42 * 24, 72, 39)
            + at(46 * 24 - 1, 167, 39)
            + at(46 * 24 + 1, 1, 46);
    Path test = folder.resolve("test.yaml");
    Files.writeString(test, "rule_files: []\nevaluation_interval: 1h\ntests:\n" + cases);
    Tools tools =
        Tools.find().orElseThrow(() -> new AssertionError("run ./check: no promtool on PATH"));

    new Promtool(tools, folder.resolve("promtool.log")).testRules(test);
  }

  private static String at(int hour, int soFar, int monday) throws IOException {
    return """
      - interval: 30m
        input_series:
          - {series: 'cluster:cost:sum1h{cluster="eu"}', values: '%s'}
        promql_expr_test:
    """
            .formatted("_ 1 ".repeat(hour))
        + question(hour, query("A"), monday * 86_400_000L, (monday - 7) * 86_400_000L)
        + question(hour, query("B"), soFar, 168);
  }

  private static String question(int hour, String weeks, long thisWeek, long before) {
    return """
          - eval_time: %dh
            exp_samples:
              - {labels: '{week="so far"}', value: %d}
              - {labels: '{week="1 week before"}', value: %d}
            expr: |
              (%s) and on (week) (
                label_replace(vector(1), "week", "so far", "", "")
                or label_replace(vector(1), "week", "1 week before", "", "")
              )
    """
        .formatted(hour, thisWeek, before, weeks);
  }

  private static String query(String refId) throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(Path.of("../dashboards/namespend-overview.json").toFile());
    for (JsonNode panel : dashboard.path("panels")) {
      if (panel.path("title").asText().equals("Cost by week")) {
        for (JsonNode target : panel.path("targets")) {
          if (target.path("refId").asText().equals(refId)) {
            return target.path("expr").asText().replace("$cluster", ".*");
          }
        }
      }
    }
    throw new AssertionError("the overview has no weeks");
  }
}

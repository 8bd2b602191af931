package io.namespend.testbed.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The overview's change, as Prometheus answers it for two weeks of which some is missing. */
@Tag("rules")
final class ComparableSpansTest {
  @TempDir Path folder;

  @Test
  void aChangeIsShownBetweenSpansThatAreThere() throws IOException {
    String doubled = "[{labels: '{}', value: 1}]";
    String cases =
        oneCase("both weeks", "1x335", doubled)
            + oneCase("nearly all", "0.95x335", doubled)
            + oneCase("half of the week before", "0.5x167 1x167", "[]")
            + oneCase("nothing of the week before", "_x168 1x167", "[]")
            + oneCase("half of this week", "1x167 0.5x167", "[]")
            + oneCase("a data source without coverage", "_x2", doubled);
    Path test = folder.resolve("test.yaml");
    Files.writeString(test, "rule_files: []\nevaluation_interval: 1h\ntests:\n" + cases);
    Tools tools =
        Tools.find().orElseThrow(() -> new AssertionError("run ./check: no promtool on PATH"));

    new Promtool(tools, folder.resolve("promtool.log")).testRules(test);
  }

  private static String oneCase(String name, String coverage, String expected) throws IOException {
    return """
      - name: %s
        interval: 1h
        input_series:
          - {series: 'cluster:cost:sum1h{cluster="eu"}', values: '_ 1x167 2x167'}
          - {series: 'cluster:coverage:ratio1h{cluster="eu"}', values: '_ %s'}
          - {series: 'namespend:threshold:max{threshold="comparable"}', values: '0.9x400'}
        promql_expr_test:
          - {eval_time: 336h, exp_samples: %s, expr: 'round(%s, 0.1)'}
    """
        .formatted(name, coverage, expected, change());
  }

  private static String change() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(Path.of("../dashboards/namespend-overview.json").toFile());
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        if (target.path("legendFormat").asText().equals("change")) {
          assertThat(panel.path("title").asText()).isEqualTo("Cost in the time range");
          return target
              .path("expr")
              .asText()
              .replace("$__range_s", "604740")
              .replace("$__range", "604740s")
              .replace("$cluster", ".*");
        }
      }
    }
    throw new AssertionError("the overview shows no change");
  }
}

package io.namespend.testbed.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleLayersTest {
  @Test
  void aRuleComesAfterWhatItReads(@TempDir Path folder) throws IOException {
    RuleLayers layers =
        new RuleLayers(
            List.of(
                rule("a:total:sum", "sum(a:part:sum)"),
                rule("a:part:sum", "sum(raw)"),
                rule("b:part:sum", "sum(other)")));

    assertThat(layers.count()).isEqualTo(2);
    assertThat(written(layers, 0, folder)).contains("a:part:sum", "b:part:sum");
    assertThat(written(layers, 0, folder)).doesNotContain("a:total:sum");
    assertThat(written(layers, 1, folder)).contains("a:total:sum");
  }

  @Test
  void whatEndsWithAPodIsCalculatedByItsReaders(@TempDir Path folder) throws IOException {
    RuleLayers layers =
        new RuleLayers(
            List.of(
                rule("pod:cpu_usage:sum", "rate(cpu[5m])"),
                rule(
                    "workload_node:unmeasured_cost_hourly:sum",
                    "cost unless pod:cpu_usage:sum{job=\"\"}"),
                rule("a:ratio", "sum(workload_node:unmeasured_cost_hourly:sum{job=\"\"})")));

    assertThat(layers.count()).isEqualTo(1);
    assertThat(written(layers, 0, folder)).contains("sum((cost unless (rate(cpu[5m]))))");
  }

  /** A new series of that kind is easily forgotten. */
  @Test
  void noShippedRuleReadsWhatEnds() {
    RuleLayers layers =
        new RuleLayers(new RuleManifests(Path.of("../alert-rules")).recordingRules());

    for (int layer = 0; layer < layers.count(); layer++) {
      assertThat(layers.layer(layer))
          .allSatisfy(
              rule ->
                  assertThat(rule.expression())
                      .as(rule.name())
                      .doesNotContainPattern(
                          "(?<!namespend)\\w+:\\w*(unmeasured|frozen|fit)\\w*:|pod:(cpu|memory)_usage:"));
    }
  }

  @Test
  void rulesThatReadEachOtherAreRefused() {
    List<Rule> circle = List.of(rule("a:x:sum", "a:y:sum"), rule("a:y:sum", "a:x:sum"));

    assertThatThrownBy(() -> new RuleLayers(circle))
        .hasMessageContaining("read each other")
        .hasMessageContaining("a:x:sum");
  }

  private static String written(RuleLayers layers, int layer, Path folder) throws IOException {
    return Files.readString(layers.write(layer, folder).get(0));
  }

  private static Rule rule(String name, String expression) {
    return new Rule(
        "rules.yaml",
        "group",
        "1m",
        JsonNodeFactory.instance.objectNode().put("record", name).put("expr", expression));
  }
}

package io.namespend.testbed.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.namespend.testbed.benchmark.PrometheusApi;
import io.namespend.testbed.dashboards.Dashboard;
import io.namespend.testbed.dashboards.Filling;
import io.namespend.testbed.dashboards.Filling.Choice;
import io.namespend.testbed.dashboards.Question;
import io.namespend.testbed.dashboards.Target;
import io.namespend.testbed.dashboards.TimeRange;
import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.process.Promtool;
import io.namespend.testbed.process.Tools;
import io.namespend.testbed.rules.Rule;
import io.namespend.testbed.rules.RuleManifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A page of a tenant has hours under every name that our rules record or our exporter publishes,
 * and nothing else is there: the reporter and the dashboards say what they say of an empty
 * Prometheus.
 */
@Tag("rules")
@Tag("prometheus")
class ForgedSeriesTest {
  private static final Path JAR = Path.of("../reporter/target/reporter.jar");

  /** The end of a week and of a month. */
  private static final Instant END = Instant.parse("2026-11-01T00:00:00Z");

  private static final int HOURS = 40;
  private static final Pattern EXPORTED =
      Pattern.compile(
          "\\b(namespend_[a-z_]+(?!:)|node_(cpu|ram|gpu|total)_hourly_cost"
              + "|kubecost_(load_balancer|cluster_management)_cost|pv_hourly_cost"
              + "|(shared|external)_service_hourly_cost)\\b");

  private static final Map<String, String> SEEN =
      Map.of("namespace", "victim", "team", "victims", "workload", "web");

  @TempDir private Path folder;

  @Test
  void areSeenByNobody() throws IOException, InterruptedException {
    Tools tools =
        Tools.find().orElseThrow(() -> new AssertionError("run ./check: no prometheus on PATH"));
    Path forged = folder.resolve("forged/data");
    Files.createDirectories(forged);
    Files.createDirectories(folder.resolve("empty/data"));
    Path samples = Files.writeString(folder.resolve("samples.txt"), samples());
    new Promtool(tools, folder.resolve("promtool.log")).createBlocks(List.of(samples), forged);

    try (Prometheus evil = start(tools, "forged");
        Prometheus empty = start(tools, "empty")) {
      PrometheusApi forgedApi = new PrometheusApi(evil.address());
      assertThat(forgedApi.query("count({job=\"evil\"})", END).toString()).contains("[");
      assertThat(forgedApi.query("namespace:cost:sum1h", END)).isNotEmpty();

      assertThat(answers(forgedApi)).isEqualTo(answers(new PrometheusApi(empty.address())));
      for (List<String> report :
          List.of(
              List.of("weekly", "--dry-run", "--until=" + END),
              List.of("statement", "--month=2026-10"),
              List.of("explain", "--namespace=victim", "--from=2026-10-31", "--to=2026-11-01"))) {
        assertThat(said(report, evil)).as("%s", report).isEqualTo(said(report, empty));
      }
    }
  }

  private Prometheus start(Tools tools, String name) {
    return Prometheus.start(tools, folder.resolve(name), "global: {scrape_interval: 1m}\n", 0);
  }

  /** Each hour a sample, and one at the very end. */
  private static String samples() {
    RuleManifests rules = RuleManifests.withOptional(Path.of("../alert-rules"));
    TreeSet<String> names = new TreeSet<>();
    for (Rule rule : rules.recordingRules()) {
      names.add(rule.name());
      EXPORTED.matcher(rule.expression()).results().map(MatchResult::group).forEach(names::add);
    }
    names.remove("namespend_exporter:excluded:bool");
    names.removeIf(name -> name.equals("namespend_exporter"));
    names.addAll(
        List.of("namespend_budget", "namespend_currency_info", "namespend_slack_channel_info"));
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append("# TYPE ").append(name).append(" gauge\n");
      for (int hour = HOURS; hour >= 0; hour--) {
        text.append(name)
            .append("{job=\"evil\",cluster=\"\",namespace=\"victim\",team=\"victims\",month=\"10\"")
            .append(",cost_center=\"1\",environment=\"test\",pool=\"idle\",resource=\"cpu\"")
            .append(",scope=\"namespace\",name=\"victim\",period=\"month\",window=\"month\"")
            .append(",workload=\"web\",workload_type=\"deployment\",node=\"n\",pod=\"p\"")
            .append(",currency=\"XAU\",basis=\"usage\",side=\"borne\",component=\"node\"} 1000 ")
            .append(END.getEpochSecond() - 3600L * hour - 60)
            .append('\n');
      }
    }
    return text.append("# EOF\n").toString();
  }

  /** By the question's place and text. */
  private static Map<String, JsonNode> answers(PrometheusApi prometheus) {
    Map<String, JsonNode> answers = new TreeMap<>();
    for (Dashboard dashboard : Dashboard.in(Path.of("../dashboards"))) {
      Filling filling =
          new Filling(
              dashboard,
              prometheus,
              TimeRange.until(END.minusSeconds(30), dashboard.timeFrom()),
              Choice.ONE,
              SEEN);
      filling
          .options()
          .forEach((variable, options) -> assertThat(options.toString()).doesNotContain("victim"));
      for (Target target : dashboard.targets()) {
        for (Question question : filling.questions(target)) {
          answers.put(question.place() + ": " + question.promql(), question.ask(prometheus));
        }
      }
    }
    assertThat(answers).hasSizeGreaterThan(100);
    return answers;
  }

  /** Without what tells the two servers apart. */
  private String said(List<String> report, Prometheus prometheus)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-jar"));
    command.add(JAR.toAbsolutePath().toString());
    command.addAll(report);
    command.add("--prometheus=" + prometheus.address());
    Path log = folder.resolve("report.txt");
    int exit =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    return exit + "\n" + Files.readString(log, UTF_8).replace(prometheus.address().toString(), "");
  }
}

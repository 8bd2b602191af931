package io.namespend.reporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.reporter.prometheus.FakePrometheus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Each fault of an installation is named, and what is below it is not asked for. */
final class DoctorCommandTest {
  private static final Instant NOW = Instant.parse("2026-11-18T10:30:00Z");
  private static final String ONE = "{\"metric\":{},\"value\":[0,\"1\"]}";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> answers = new LinkedHashMap<>();
  private String retention = "43d";

  @TempDir private Path folder;

  DoctorCommandTest() {
    answers.put("vector(1)", ONE);
    answers.put("up{", element("\"instance\":\"10.0.0.1:10040\"", 1));
    answers.put(
        "namespend_build_info{job=~\"(namespend.*)?\"}", element("\"version\":\"0.1.0\"", 1));
    answers.put("count by (cluster) (node_total_hourly_cost", element("", 12));
    answers.put("group(namespend:threshold:max", ONE);
    answers.put("group(cluster_component:cost_hourly:sum", ONE);
    answers.put("group(namespace:cost_hourly:sum", ONE);
    answers.put("group(cluster_family:input:sum", ONE);
    answers.put("group(node_resource:free_cost_hourly:sum", ONE);
    answers.put("group(namespend:rules:info", ONE);
    answers.put("group(month:hours:sum", ONE);
    answers.put("group(namespace_basis:cost_hourly:sum", ONE);
    answers.put("min by (cluster) (cluster:attributed:ratio", element("", 0.995));
    answers.put("max(namespend:threshold:max", element("", 0.1));
  }

  @Test
  void nothingIsWrong() throws IOException {
    assertThat(run("company: {recipients: [a@example.com]}")).as(out.toString()).isZero();

    assertThat(out.toString())
        .isEqualTo(
            """
            ok     Prometheus    answers queries
            ok     exporter      scraped, version 0.1.0
            ok     cluster       12 nodes are priced
            ok     labels        the exporter's labels are kept
            ok     policy        valid
            ok     rules         all layers record
            ok     usage         measured
            ok     duplicates    none
            ok     conservation  what namespaces bear is what the cluster costs
            ok     retention     43 days
            ok     owners        99.5% of the cost has one
            ok     digest        goes to 1 audience
            ok     links         alerts lead to Grafana
            """);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "-up{, -namespend_build_info{ | exporter | no target has a job that begins | release=NAME",
        "-namespend_build_info{ | exporter | its targets are up, but namespend_build_info is not |"
            + " keep",
        "up{=0 | exporter | scrapes of 10.0.0.1:10040 fail | Status > Targets",
        "namespend_cluster_sync_current | cluster | the exporter cannot follow pods | Its log says",
        "namespend_cluster_sync_current, reason=\"forbidden\" | cluster | cannot follow pods |"
            + " ClusterRole",
        "-count by (cluster) (node_total_hourly_cost | cluster | no node has a price yet |"
            + " /-/ready",
        "namespace!=\"honored\" | labels | overrides the exporter's label namespace | honor_labels",
        "node!=\"honored\" | labels | overrides the exporter's label node | honor_labels",
        "namespend_config_last_reload_successful | policy | the policy file is wrong |"
            + " check-policy",
        "-group( | rules | nothing is recorded: not loaded | ruleSelector",
        "-group(month:hours:sum, -group(namespend:thres | rules | by 45-settings, 55-bills | one"
            + " version",
        "-group(namespace_basis:cost_hourly | usage | has no container_cpu_usage_seconds |"
            + " /metrics/cadvisor",
        "-group(namespace_basis:cost_hourly, group(container_cpu_usage_seconds_total) | usage | no"
            + " label node | relab",
        "-group(namespace_basis:cost_hourly, group(container_cpu | usage | no usage is recorded by"
            + " 10-us | two min",
        "cluster:usage_measured:ratio=0.5 | usage | behind only 50.0% of the requested |"
            + " UsageNotMeasured",
        "count by (cluster, replica) (count=2 | duplicates | 2 exporters of cluster eu have the"
            + " same | own",
        "cluster:coverage:ratio1h=2 | duplicates | hours of cluster eu are recorded twice |"
            + " multi-cluster.md",
        "namespend:conservation_error:ratio=0.5 | conservation | eu is off by 50.0% |"
            + " ConservationBroken",
        "cluster:history_kept:seconds=864000 | retention | kept for 10 days; a month needs 32 |"
            + " 43d",
        "cluster:attributed:ratio=0.4 | owners | 60.0% of the cost of cluster eu has no owner |"
            + " audit-labels",
        "grafana=\"\" | links | alerts have no address of Grafana | alerts.grafana",
      })
  void theFirstFaultIsNamedWithItsRemedy(String changes, String check, String fault, String remedy)
      throws IOException {
    for (String change : changes.split(", (?=-|[a-z]+[_(={:]|namespace)", -1)) {
      if (change.startsWith("-")) {
        answers.keySet().removeIf(key -> key.contains(change.substring(1)));
      } else {
        String[] parts = change.split("(?<![!~<>\"])=(?=[0-9.]+$)", 2);
        answers.keySet().removeIf(key -> key.contains(parts[0]));
        answers.put(
            parts[0],
            element(
                "\"cluster\":\"eu\",\"kind\":\"pods\",\"instance\":\"10.0.0.1:10040\"",
                parts.length == 2 ? Double.parseDouble(parts[1]) : 1));
      }
    }

    assertThat(run("company: {recipients: [a@example.com]}")).as(out.toString()).isEqualTo(1);

    List<String> lines = out.toString().lines().toList();
    String wrong = lines.stream().filter(line -> line.startsWith("WRONG")).findFirst().orElse("");
    assertThat(wrong).matches("WRONG  " + check + " .*").contains(fault);
    assertThat(out.toString()).contains(remedy);
    assertThat(lines.get(lines.size() - 1))
        .matches("\\d+ more checks? follows? once this is fixed|       .*");
    assertThat(lines).allMatch(line -> line.length() <= 80);
    assertThat(lines.subList(lines.indexOf(wrong) + 1, lines.size()))
        .hasSizeLessThanOrEqualTo(4)
        .noneMatch(line -> line.startsWith("ok"));
  }

  @Test
  void prometheusItselfSaysHowLongItKeeps() throws IOException {
    retention = "10d or 20GiB";

    assertThat(run("company: {recipients: [a@example.com]}")).isEqualTo(1);

    assertThat(out.toString())
        .contains("WRONG  retention     Prometheus keeps 10 days; a month needs 32\n")
        .contains("prometheus.prometheusSpec.retention")
        .endsWith("\n3 more checks follow once this is fixed\n");
  }

  @Test
  void whatDoesNotSayHowLongItKeepsIsNotWrong() throws IOException {
    retention = "";

    assertThat(run("company: {recipients: [a@example.com]}")).isZero();

    assertThat(out.toString()).contains("?      retention     Prometheus does not say; keep 32");
  }

  @Test
  void aDigestForNobodyIsNamed() throws IOException {
    assertThat(run("timeZone: UTC")).isEqualTo(1);

    assertThat(out.toString())
        .contains("WRONG  digest        the weekly digest goes to nobody\n")
        .contains("company: {recipients: [you@example.com]}");
  }

  @Test
  void withoutSettingsTheDigestIsUnknown() throws IOException {
    assertThat(run("")).isZero();

    assertThat(out.toString()).contains("?      digest        give the reporter's settings");
  }

  @Test
  void aPrometheusThatIsNotThereIsNamedOnce() {
    assertThat(execute("doctor", "--prometheus=http://127.0.0.1:1")).isEqualTo(1);

    assertThat(err.toString().lines()).hasSize(1).allMatch(line -> line.contains("no connection"));
  }

  @Test
  void teaches() {
    assertThat(execute("doctor", "--help")).isZero();

    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
  }

  private static String element(String labels, double value) {
    return "{\"metric\":{%s},\"value\":[0,\"%s\"]}".formatted(labels, value);
  }

  private int run(String settings) throws IOException {
    try (FakePrometheus prometheus =
        FakePrometheus.handling(
            exchange -> {
              if (exchange.getRequestURI().getPath().endsWith("/status/runtimeinfo")) {
                FakePrometheus.send(
                    exchange,
                    200,
                    "application/json",
                    "{\"status\":\"success\",\"data\":{\"storageRetention\":\"%s\"}}"
                        .formatted(retention));
                return;
              }
              String query =
                  URLDecoder.decode(
                      exchange.getRequestURI().getRawQuery().split("[&=]", -1)[1], UTF_8);
              FakePrometheus.send(
                  exchange, 200, "application/json", FakePrometheus.vector(answer(query)));
            })) {
      List<String> args = new ArrayList<>(List.of("doctor", "--prometheus=" + prometheus.url()));
      if (!settings.isEmpty()) {
        Path file =
            Files.writeString(
                folder.resolve("reporter.yaml"),
                settings + "\nemail: {host: localhost, from: a@example.com}\n");
        args.add("--config=" + file);
      }
      return execute(args.toArray(String[]::new));
    }
  }

  /** Of the key that the question holds; by itself or with the matcher that every question gets. */
  private String[] answer(String query) {
    String plain = query.replaceAll("\\{job=(\"\"|~\"\\(namespend\\.\\*\\)\\?\")\\}", "");
    return answers.entrySet().stream()
        .filter(answer -> query.contains(answer.getKey()) || plain.contains(answer.getKey()))
        .filter(
            answer ->
                !query.startsWith("count by (cluster, replica)")
                    || answer.getKey().startsWith("count by (cluster, replica)"))
        .map(Map.Entry::getValue)
        .limit(1)
        .toArray(String[]::new);
  }

  private int execute(String... args) {
    CommandLine command = Reporter.commandLine(Clock.fixed(NOW, ZoneOffset.UTC), Map.of());
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(args);
  }
}
